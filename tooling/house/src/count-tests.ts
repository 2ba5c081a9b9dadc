import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkspace } from './workspace.ts';

/** The parts of vitest's JSON report that are counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/**
 * Prints `<passed> <failed>` over the test reports of all packages. A skipped or planned test counts as failed, and so does
 * a package whose tests left no report, or a file that failed before its first test.
 */
const workspace = readWorkspace(path.resolve(import.meta.dirname, '../../..'));
let passed = 0;
let failed = 0;
for (const pkg of workspace.packages.filter(({ manifest }) => manifest.scripts?.['test'] !== undefined)) {
  const file = path.join(workspace.root, pkg.dir, '.reports/vitest.json');
  if (!existsSync(file)) {
    console.error(`${pkg.dir} left no test report`);
    failed += 1;
    continue;
  }
  const report: Report = JSON.parse(readFileSync(file, 'utf8'));
  const idle = report.numPendingTests + report.numTodoTests;
  if (idle > 0) console.error(`${pkg.dir} has ${idle} skipped tests`);
  const broken = report.numFailedTests === 0 && report.numFailedTestSuites > 0 ? report.numFailedTestSuites : 0;
  passed += report.numPassedTests;
  failed += report.numFailedTests + idle + broken;
}
console.log(`${passed} ${failed}`);
