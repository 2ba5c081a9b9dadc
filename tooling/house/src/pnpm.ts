import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';

/** Runs pnpm: the one that runs this script, or else the version that the README names. */
export function runPnpm(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const self = process.env['npm_execpath'] ?? '';
  if (/pnpm\.[cm]?js$/.test(self)) return runCommand(process.execPath, [self, ...args], options);
  if (/pnpm(\.exe)?$/.test(self)) return runCommand(self, args, options);
  return runCommand('npx', ['-y', 'pnpm@12', ...args], options);
}
