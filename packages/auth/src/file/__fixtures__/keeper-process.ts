import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OAuth2AuthConfig } from '@mortise/core';
import { build } from 'esbuild';

export interface KeeperProgramSettings {
  readonly method: OAuth2AuthConfig;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Holds secrets and leases. */
  readonly directory: string;
  readonly grantId: string;
  /** File that the first process to get an answer makes before it dies. Absent: none dies. */
  readonly crashMark?: string;
}

/** What became of one process. */
export type ProcessOutcome =
  | { readonly accessToken: string }
  | { readonly code: string; readonly reason?: string }
  | { readonly killed: true };

interface KeeperProcess {
  readonly child: ChildProcess;
  /** The next line that it prints; rejects, or says `killed`, if it ends instead. */
  nextLine(): Promise<string>;
}

/** Many processes of one program, started once and asked in rounds; one that was killed is replaced. */
export class KeeperProcesses {
  readonly #program: string;
  readonly #processes: KeeperProcess[] = [];

  private constructor(program: string) {
    this.#program = program;
  }

  static async start(directory: string, count: number): Promise<KeeperProcesses> {
    const program = join(directory, 'keeper.mjs');
    // In one file, so that a process starts fast.
    await build({
      entryPoints: [fileURLToPath(new URL('./keeper-program.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@mortise/source'],
      logLevel: 'error',
    });
    const processes = new KeeperProcesses(program);
    await Promise.all(Array.from({ length: count }, async (_, index) => processes.#startAt(index)));
    return processes;
  }

  /** Lets all ask at the same moment. */
  async ask(settings: KeeperProgramSettings): Promise<ProcessOutcome[]> {
    const answers = this.#processes.map(async (process, index): Promise<ProcessOutcome> => {
      const line = await process.nextLine();
      if (line !== KILLED) return JSON.parse(line);
      await this.#startAt(index);
      return { killed: true };
    });
    for (const { child } of this.#processes) child.stdin?.write(`${JSON.stringify(settings)}\n`);
    return Promise.all(answers);
  }

  /** Ends them all. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#processes.map(async ({ child }) => {
        const closed = once(child, 'close');
        child.kill('SIGKILL');
        await closed;
      }),
    );
  }

  async #startAt(index: number): Promise<void> {
    const process = startProcess(this.#program);
    this.#processes[index] = process;
    const line = await process.nextLine();
    if (line !== 'ready') throw new TypeError(`a process began with ${line}`);
  }
}

const KILLED = 'killed';

function startProcess(program: string): KeeperProcess {
  const child = spawn(process.execPath, ['--max-semi-space-size=1', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: `${program}-cache` },
  });
  const lines = createInterface(child.stdout);
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    if (signal === 'SIGKILL') return KILLED;
    throw new TypeError(`a process ended with ${String(code)}`);
  });
  ended.catch(() => {});
  return {
    child,
    nextLine: async () => Promise.race([once(lines, 'line').then(([line]: unknown[]) => String(line)), ended]),
  };
}
