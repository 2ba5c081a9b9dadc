import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKS } from './checks.ts';
import { formatFinding } from './finding.ts';
import { readWorkspace } from './workspace.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const names = positionals.length === 0 ? Object.keys(CHECKS) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}.`);
  process.exit(2);
}

const workspace = readWorkspace(path.resolve(import.meta.dirname, '../../..'));
let failures = 0;
for (const name of names) {
  const findings = (await CHECKS[name]?.(workspace)) ?? [];
  failures += findings.length;
  for (const finding of findings) console.error(`${name}: ${formatFinding(finding)}`);
  if (findings.length === 0) console.log(`${name}: nothing to mend`);
}
process.exitCode = failures === 0 ? 0 : 1;
