import { createRedactor } from '@mortise/core';
import { runWithLifecycle } from './lifecycle.ts';
import { parseOptions, USAGE } from './options.ts';
import { createJsonReporter } from './report/json-reporter.ts';
import { createProgress } from './report/progress.ts';
import { recordOutput } from './report/recorded-output.ts';
import { createTableReporter } from './report/table-reporter.ts';

const output = recordOutput([process.stdout, process.stderr]);

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if ('problem' in options) {
    process.stderr.write(`${options.problem}\n\n${USAGE}\n`);
    return 2;
  }
  if (options.isHelp) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const progress = createProgress(process.stderr);
  const reporter = options.isJson
    ? createJsonReporter(progress)
    : createTableReporter(progress, process.stdout.columns);
  try {
    return await runWithLifecycle(async (lifecycle) => {
      lifecycle.signal.addEventListener('abort', () => reporter.step('Putting everything away'));
      reporter.step('Loading');
      const { demonstrate } = await import('./demonstrate.ts');
      return demonstrate(lifecycle, reporter, output);
    });
  } catch (error) {
    // Whatever it is that broke: what looks like a key or a connection string is not shown.
    reporter.failed(createRedactor().text(`The demo could not go on. ${String(error)}`));
    return 1;
  } finally {
    progress.clear();
  }
}

process.exitCode = await main();
