import { existsSync } from 'node:fs';
import path from 'node:path';

const HERE = path.resolve(import.meta.dirname, '..');
const BIN = path.join(HERE, 'node_modules/.bin');

/** A runtime on which vitest itself runs: how to start a script on it, and what vitest needs to be told. */
export interface HostRuntime {
  readonly command: readonly string[];
  readonly vitestArgs: readonly string[];
}

/** By name. Each is a real runtime from its own package; none is emulated. */
export const HOST_RUNTIMES: Readonly<Record<string, HostRuntime>> = {
  'node-22': { command: [nodeBinary('22')], vitestArgs: [] },
  'node-24': { command: [path.resolve(HERE, '../../node_modules/.bin/node')], vitestArgs: [] },
  'node-26': { command: [nodeBinary('26')], vitestArgs: [] },
  // Bun's child processes lack a channel that vitest's forks need; its worker threads do what vitest asks of them.
  bun: { command: [path.join(BIN, 'bun'), '--bun'], vitestArgs: ['--pool=threads'] },
  deno: { command: [path.join(BIN, 'deno'), 'run', '--allow-all', '--no-check'], vitestArgs: [] },
};

/** Vitest does not run on workerd: there the tests run in one worker, under a small runner. */
export const WORKERD = path.join(BIN, 'workerd');

/** The packages for each operating system and processor are optional; exactly one of them is installed. */
function nodeBinary(major: string): string {
  const name = `node-${major}-${process.platform}-${process.arch}`;
  const file = path.join(HERE, 'node_modules', name, 'bin/node');
  return existsSync(file) ? file : name;
}
