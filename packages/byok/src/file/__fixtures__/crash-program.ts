import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { CrashProcessOptions, CrashProcessReport } from './crash-process.ts';

const SCRIPT = fileURLToPath(new URL('./crash-process.ts', import.meta.url));

export interface CrashEnding {
  /** The signal that killed it, or its exit code. */
  readonly ended: unknown;
  /** The last that it said; absent if it was killed before it could. */
  readonly report: CrashProcessReport | undefined;
}

/** Runs `crash-process.ts` in a process of its own. */
export type CrashProgram = (options: CrashProcessOptions) => Promise<CrashEnding>;

/** The program in one file, so that a process starts fast enough to be killed hundreds of times. */
export async function bundledProgram(): Promise<CrashProgram> {
  const directory = await temporaryDirectory();
  const outfile = join(directory, 'crash-process.mjs');
  await build({
    entryPoints: [SCRIPT],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@mortise/source'],
    logLevel: 'error',
  });
  const running = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  return async (options) => {
    const child = spawn(process.execPath, ['--single-threaded', outfile, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { NODE_COMPILE_CACHE: join(directory, 'cache') },
    });
    running.add(child);
    const ended = new Promise<unknown>((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child);
        resolve(signal ?? code);
      });
    });
    const last = (await text(child.stdout)).trim().split('\n').at(-1) ?? '';
    return { ended: await ended, report: last === '' ? undefined : JSON.parse(last) };
  };
}

/** A directory of the running test's own, removed after it. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'mortise-byok-')));
  onTestFinished(async () => rm(directory, { recursive: true, force: true }));
  return directory;
}
