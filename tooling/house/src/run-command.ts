import { spawn } from 'node:child_process';

export interface CommandResult {
  /** 0 is success; null means that it was killed. */
  readonly code: number | null;
  /** Standard output and standard error as they came, one after the other. */
  readonly output: string;
  readonly stdout: string;
  readonly timedOut: boolean;
}

export interface CommandOptions {
  readonly cwd: string;
  /** Default: two minutes. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and never throws for what the program does; a program that cannot start throws. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs ?? 120_000);
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (output += text));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output, stdout, timedOut });
    });
  });
}

/** Runs the type checker of the workspace. */
export function runTsc(root: string, cwd: string): Promise<CommandResult> {
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  return runCommand(process.execPath, [tsc, '-p', 'tsconfig.json', '--pretty', 'false'], { cwd });
}
