import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DemoReport } from './report/demo-report.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

/** A run takes 8 seconds on two idle cores, of which PostgreSQL takes two; tests of other packages run beside it. */
const TEST_TIMEOUT_MS = 180_000;

interface Run {
  readonly args?: readonly string[];
  /** Sent once the text was seen on stderr, and so many milliseconds later. */
  readonly stopAt?: { readonly text: string; readonly afterMs: number; readonly signal: NodeJS.Signals };
  /** Closes our end of its output then, as `| head` does. */
  readonly leaveAt?: string;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that are still in the directory where the demo puts them. */
  readonly files: readonly string[];
  /** Processes that still have that directory in their command line, as PostgreSQL has. */
  readonly processes: readonly string[];
}

/** Runs the demo as its own process, with a temporary directory of its own, and looks at what it leaves. */
async function runDemo(run: Run = {}): Promise<Ended> {
  const temporary = await mkdtemp(join(tmpdir(), 'mortise-demo-test-'));
  // Started by root, PostgreSQL runs as another user, who must get through.
  await chmod(temporary, 0o711);
  try {
    const ended = await spawnDemo(run, temporary);
    return { ...ended, files: await readdir(temporary), processes: await processesWith(temporary) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function spawnDemo(
  { args = [], stopAt, leaveAt }: Run,
  temporary: string,
): Promise<Omit<Ended, 'files' | 'processes'>> {
  return new Promise((resolve, reject) => {
    const { FORCE_COLOR: _colour, ...env } = process.env;
    const child = spawn(process.execPath, ['--conditions=@mortise/source', MAIN, ...args], {
      env: { ...env, NO_COLOR: '1', TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let isStopped = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (leaveAt !== undefined && stdout.includes(leaveAt)) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (stopAt === undefined || isStopped || !stderr.includes(stopAt.text)) return;
      isStopped = true;
      setTimeout(() => child.kill(stopAt.signal), stopAt.afterMs);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function processesWith(text: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid,args']);
  return stdout.split('\n').filter((line) => line.includes(text));
}

describe('the demo', () => {
  it(
    'shows every kind of call as expected, prints data alone with --json, and leaves nothing',
    async () => {
      const { code, stdout, stderr, files, processes } = await runDemo({ args: ['--json'] });
      const report: DemoReport = JSON.parse(stdout);
      const { calls, slots, secretSearch, telemetry } = report;
      expect(calls.flatMap(({ title, deviations }) => deviations.map((text) => `${title}: ${text}`))).toEqual([]);
      expect([code, report.ok]).toEqual([0, true]);

      const outcomes = calls.map(({ tenant, slot, attempts, outcome }) => `${tenant} ${slot} ${attempts} ${outcome}`);
      for (const expected of [
        'acme assistant 1 ok',
        'globex ledger 1 ok',
        'acme assistant 2 ok',
        'acme assistant 2 ATTEMPT_TIMEOUT',
        'globex ledger 1 ATTEMPT_TIMEOUT',
        'globex assistant 1 unauthenticated',
        'acme assistant 3 unavailable',
        'acme assistant 0 CIRCUIT_OPEN',
        'globex newsletter 0 SLOT_NOT_BOUND',
        'globex archive 0 CONNECTION_NOT_READY',
        'globex translator 0 SECRET_INVALID',
        'globex borrower 0 SECRET_NOT_ALLOWED',
      ]) {
        expect(outcomes).toContain(expected);
      }
      expect(calls.find(({ title }) => title.startsWith('429'))?.latencyMs).toBeGreaterThanOrEqual(1000);
      expect(new Set(slots.map(({ ownershipMode }) => ownershipMode))).toEqual(new Set(['managed', 'byok']));
      expect(telemetry.callEvents).toBe(calls.length);

      expect(secretSearch.found).toEqual([]);
      expect(secretSearch.secrets).toBe(8);
      expect(`${stdout}${stderr}`).not.toMatch(/sk-canary|AGE-SECRET-KEY/u);
      expect(stderr).toContain('Starting PostgreSQL');
      // 20 seconds is what the demo may take; it shares this machine with other tests.
      expect(report.callsMs).toBeLessThan(60_000);
      expect([files, processes]).toEqual([[], []]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'prints a row for each call and where to read on, without colour where none is wanted',
    async () => {
      const { code, stdout } = await runDemo();
      const rows = stdout.split('\n').filter((line) => /^ *\d+ {2}(?:acme|globex)/u.test(line));
      expect(stdout).not.toContain('✗');
      expect(rows).toHaveLength(27);
      for (const row of rows) expect(row).toMatch(/ \d+ +\d+ ms {2}✓ \w+$/u);
      expect(stdout).toContain('27 of 27 calls ended as expected');
      expect(stdout).toMatch(/None of the 8 secrets is in \d+ printed characters/u);
      expect(stdout).toContain('packages/runtime');
      expect(stdout).not.toContain('\u001B');
      expect(code).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'explains itself, and refuses what it does not know',
    async () => {
      const help = await runDemo({ args: ['--help'] });
      expect([help.code, help.stdout.startsWith('Usage: pnpm demo')]).toEqual([0, true]);
      const unknown = await runDemo({ args: ['--jsno'] });
      expect([unknown.code, unknown.stdout]).toEqual([2, '']);
      expect(unknown.stderr).toContain('--jsno');
    },
    TEST_TIMEOUT_MS,
  );
});

// In concurrent tests only a test's own `expect` knows which one it belongs to.
/* oxlint-disable no-shadow */
describe.concurrent('the demo, stopped', () => {
  it.for([
    { when: 'while the database is made', signal: 'SIGINT', text: 'Starting PostgreSQL', afterMs: 0, exitCode: 130 },
    { when: 'a little later', signal: 'SIGTERM', text: 'Starting PostgreSQL', afterMs: 1500, exitCode: 143 },
    { when: 'while a call hangs', signal: 'SIGINT', text: 'Hangs', afterMs: 300, exitCode: 130 },
  ] as const)(
    '$when by $signal, leaves no process and no file',
    { timeout: TEST_TIMEOUT_MS },
    async ({ signal, text, afterMs, exitCode }, { expect }) => {
      const { code, stdout, files, processes } = await runDemo({ args: ['--json'], stopAt: { text, afterMs, signal } });
      expect({ code, stdout, files, processes }).toEqual({ code: exitCode, stdout: '', files: [], processes: [] });
    },
  );

  it('by a reader who leaves, leaves no process and no file', { timeout: TEST_TIMEOUT_MS }, async ({ expect }) => {
    const { code, files, processes } = await runDemo({ leaveAt: 'Everything is up' });
    expect({ code, files, processes }).toEqual({ code: 141, files: [], processes: [] });
  });
});
