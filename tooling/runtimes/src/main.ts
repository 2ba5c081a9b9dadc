import { parseArgs } from 'node:util';
import { runVitest } from './run-vitest.ts';
import { runWorkerd } from './run-workerd.ts';
import { HOST_RUNTIMES } from './runtimes.ts';
import type { Summary } from './summary.ts';

/** What every universal application needs. Their tests run everywhere, save files named `*.node.test.ts` on workerd. */
const PACKAGES = ['packages/core', 'packages/secrets/manager', 'packages/secrets/env', 'packages/runtime'];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { list: { type: 'boolean' } } });
const all = [...Object.keys(HOST_RUNTIMES), 'workerd'];
if (values.list === true) console.log(all.join('\n'));
else await runAll(positionals.length === 0 ? all : positionals);

async function runAll(runtimes: readonly string[]): Promise<void> {
  for (const runtime of runtimes) {
    for (const packageDir of PACKAGES) {
      report(
        runtime,
        packageDir,
        runtime === 'workerd' ? await runWorkerd(packageDir) : runVitest(runtime, packageDir),
      );
    }
  }
}

function report(runtime: string, packageDir: string, { passed, failed, failures }: Summary): void {
  console.log(`${runtime}: ${packageDir}: ${passed} tests passed, ${failed} failed`);
  for (const failure of failures) console.error(`  ${failure.slice(0, 600).replaceAll('\n', '\n    ')}`);
  if (failed > 0) process.exitCode = 1;
}
