import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Print data on stdout instead of a table. */
  readonly isJson: boolean;
  readonly isHelp: boolean;
}

export const USAGE = `Usage: pnpm demo [--json]

Starts a PostgreSQL and a language-model server on this machine, makes real calls for two tenants through the call
guard while things go wrong on the wire, and prints what became of each call.

  --json   the same as data on stdout; progress goes to stderr
  --help   this text

Exit code 0: every call ended as its scenario expects. 1: one did not. 2: an option is not known. Colours follow NO_COLOR and FORCE_COLOR.`;

/** What the command line asks for, or what is wrong with it. */
export function parseOptions(args: readonly string[]): DemoOptions | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      // pnpm hands its own separator on.
      args: args.filter((arg) => arg !== '--'),
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    });
    return { isJson: values.json, isHelp: values.help };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
