import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';

/** Runs pnpm: the one that runs this script, or else the first on the PATH, or else the version that the README names. */
export function runPnpm(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const self = process.env['npm_execpath'] ?? '';
  if (/pnpm\.[cm]?js$/.test(self)) return runCommand(process.execPath, [self, ...args], options);
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = [self, ...folders.map((folder) => path.join(folder, 'pnpm'))].find(
    (file) => file.endsWith('pnpm') && existsSync(file),
  );
  if (found !== undefined) return runCommand(found, args, options);
  return runCommand('npx', ['-y', 'pnpm@12', ...args], options);
}
