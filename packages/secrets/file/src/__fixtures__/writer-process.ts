import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { IDENTITY } from './temporary-vault.ts';
import type { WriterProgram } from './writer-command.ts';

/** A write that a writer process was told has happened. */
export interface AcknowledgedWrite {
  readonly reference: string;
  readonly version: string;
  readonly text: string;
}

export interface WriterProcess {
  readonly acknowledged: readonly AcknowledgedWrite[];
  /** Resolves once the process has ended: with its exit code, or with the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Called after each acknowledged write. */
  readonly onWrite: (listener: () => void) => void;
  readonly kill: () => void;
}

export interface WriterOptions {
  readonly directory: string;
  readonly name: string;
  readonly count: number;
  readonly maxVersions: number;
  readonly references: readonly string[];
  readonly program: WriterProgram;
}

/** Starts `write-versions.ts` in a process of its own; it is gone when the test is. */
export function startWriter(options: WriterOptions): WriterProcess {
  const { directory, name, count, maxVersions, references } = options;
  const { command, env } = options.program;
  const child: ChildProcess = spawn(
    process.execPath,
    [...command, directory, name, String(count), String(maxVersions), ...references],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...env, VAULT_IDENTITY: IDENTITY } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const acknowledged: AcknowledgedWrite[] = [];
  const listeners: (() => void)[] = [];
  const output = child.stdout;
  if (output === null) throw new TypeError('the writer has no output');
  createInterface(output).on('line', (line) => {
    acknowledged.push(JSON.parse(line));
    for (const listener of listeners) listener();
  });
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    if (typeof code === 'number') return code;
    if (signal === 'SIGKILL') return signal;
    throw new TypeError(`the writer ended with ${String(signal)}`);
  });
  return {
    acknowledged,
    ended,
    onWrite: (listener) => void listeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
