import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HOST_RUNTIMES } from './runtimes.ts';
import { brokenRun, type Summary } from './summary.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const TIMEOUT_MS = 240_000;

/** The parts of vitest's JSON report that are read. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the tests of one package by vitest itself, on another runtime. */
export function runVitest(runtime: string, packageDir: string): Summary {
  const host = HOST_RUNTIMES[runtime];
  if (host === undefined) return brokenRun(`there is no runtime ${runtime}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'mortise-runtimes-'));
  const report = path.join(folder, 'report.json');
  try {
    const [program = '', ...before] = host.command;
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    const config = path.resolve(import.meta.dirname, '../vitest.config.ts');
    const args = [...before, vitest, 'run', '--config', config, '--root', '.', ...host.vitestArgs];
    const { stdout, stderr, error } = spawnSync(program, args, {
      cwd: path.join(ROOT, packageDir),
      env: { ...process.env, MORTISE_RUNTIME: runtime, MORTISE_REPORT: report },
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    });
    if (error !== undefined) return brokenRun(`${program}: ${error.message}`);
    if (!existsSync(report)) return brokenRun(`no report: ${stdout}${stderr}`.slice(0, 4000));
    return readReport(JSON.parse(readFileSync(report, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(report: Report): Summary {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status !== 'passed');
    const lines = failed.map((test) => `${file}: ${test.fullName} (${test.status}) ${test.failureMessages[0] ?? ''}`);
    return status === 'failed' && lines.length === 0 ? [`${file}: ${message}`] : lines;
  });
  if (report.numPassedTests === 0 && failures.length === 0) return brokenRun('no test ran');
  return { passed: report.numPassedTests, failed: failures.length, failures };
}
