import path from 'node:path';
import { parseArgs } from 'node:util';
import { runPnpm } from './pnpm.ts';
import { runCommand } from './run-command.ts';
import { createPackage } from './scaffold/create-package.ts';
import { KINDS } from './scaffold/kinds.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const USAGE = `Usage: pnpm new <${Object.keys(KINDS).join(' | ')}> <name>`;

const { positionals } = parseArgs({ allowPositionals: true });
const [kindName = '', name, ...rest] = positionals;
const kind = Object.hasOwn(KINDS, kindName) ? KINDS[kindName] : undefined;
if (kind === undefined || name === undefined || rest.length > 0) {
  console.error(USAGE);
  process.exit(2);
}

try {
  const files = createPackage(ROOT, kind, name);
  // The formatter has the last word on line breaks, and the new package has to be linked before it can be built.
  await runCommand(
    path.join(ROOT, 'node_modules/.bin/oxfmt'),
    files.filter((file) => !file.endsWith('.md')),
    { cwd: ROOT },
  );
  const install = await runPnpm(['install', '--no-frozen-lockfile'], { cwd: ROOT });
  if (install.code !== 0) throw new RangeError(`pnpm install: ${install.output}`);
  console.log(`${files.join('\n')}\n\nNext: answer the questions in ${kind.folder}/${name}/README.md, then pnpm test.`);
} catch (error) {
  console.error(error instanceof RangeError ? error.message : error);
  process.exitCode = 1;
}
