import type { Reporter } from './reporter.ts';
import type { Progress } from './progress.ts';

/** One JSON document on stdout at the end, and nothing else there; progress goes to stderr. */
export function createJsonReporter(progress: Progress): Reporter {
  return {
    step: (text) => progress.show(text),
    ready: () => {},
    scenario: (title) => progress.show(title),
    row: () => {},
    finish: (report) => {
      progress.clear();
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    },
    failed: (message) => {
      progress.clear();
      process.stderr.write(`${message}\n`);
    },
  };
}
