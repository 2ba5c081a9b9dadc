import { parseArgs } from 'node:util';
import { runVitest } from './run-vitest.ts';
import { runWorkerd } from './run-workerd.ts';
import { HOST_RUNTIMES } from './runtimes.ts';
import type { Summary } from './summary.ts';

/** What every universal application needs. */
const BASIC = ['packages/core', 'packages/secrets/manager', 'packages/secrets/env', 'packages/runtime'];
/**
 * Their tests run everywhere, save files named `*.node.test.ts` on workerd, and `*.long.test.ts`, which run once. Other
 * versions of Node differ too little from the one that runs all tests to run more than the basic packages there.
 */
const PACKAGES = [...BASIC, 'packages/auth', 'packages/webhooks', 'packages/http', 'packages/health'];

const { positionals } = parseArgs({ allowPositionals: true });
const ALL = [...Object.keys(HOST_RUNTIMES), 'workerd'];
await runAll(positionals.length === 0 ? ALL : positionals);

async function runAll(runtimes: readonly string[]): Promise<void> {
  for (const runtime of runtimes) {
    for (const packageDir of runtime.startsWith('node-') ? BASIC : PACKAGES) {
      if (runtime === 'workerd') await runOnWorkerd(packageDir);
      else report(runtime, packageDir, runVitest(runtime, packageDir));
    }
  }
}

async function runOnWorkerd(packageDir: string): Promise<void> {
  for (const flavour of ['plain', 'nodejs_compat'] as const) {
    const summary = await runWorkerd(packageDir, flavour);
    if (summary !== undefined) report(`workerd (${flavour})`, packageDir, summary);
  }
}

function report(runtime: string, packageDir: string, { passed, failed, failures }: Summary): void {
  console.log(`${runtime}: ${packageDir}: ${passed} tests passed, ${failed} failed`);
  for (const failure of failures) console.error(`  ${failure.slice(0, 600).replaceAll('\n', '\n    ')}`);
  if (failed > 0) process.exitCode = 1;
}
