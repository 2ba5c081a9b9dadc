import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Benchmark, type Measurement, median } from './benchmark.ts';

const IMPORT_ROUNDS = 15;
const COMPILE_ROUNDS = 5;
const root = path.resolve(import.meta.dirname, '../../..');

/** One of the smallest domains, and the largest. */
const KEYS = ['payments.stripe', 'health.whoop'];

export const benchmark: Benchmark = {
  title: `The catalog in a new process, ${IMPORT_ROUNDS} each, and every package in a compilation, ${COMPILE_ROUNDS}`,
  async run() {
    const rows: Measurement[] = [
      { subject: 'import the catalog', value: medianOf(IMPORT_ROUNDS, importAll), unit: 'ms', budget: 40 },
    ];
    for (const key of KEYS) {
      const value = medianOf(IMPORT_ROUNDS, () => findOne(key));
      rows.push({ subject: `find ${key}, beyond core`, value, unit: 'ms', budget: 5 });
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'mortise-consumer-'));
    try {
      const count = writeConsumer(folder);
      const value = medianOf(COMPILE_ROUNDS, () => compile(folder));
      rows.push({ subject: `tsc --noEmit of a consumer of ${count} packages`, value, unit: 'ms', budget: 2_000 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return rows;
  },
};

/** The first round warms the file cache and is left out. */
function medianOf(rounds: number, measureMs: () => number): number {
  measureMs();
  return median(Array.from({ length: rounds }, measureMs));
}

function importAll(): number {
  return processMs(`const from = performance.now(); await import('@mortise/catalog');`);
}

/** What it costs to have one spec, in a process that has core already. */
function findOne(key: string): number {
  return processMs(
    `await import('@mortise/core');
    const from = performance.now();
    const { findIntegrationSpec } = await import('@mortise/catalog/find');
    const spec = await findIntegrationSpec('${key}');
    if (spec?.meta.key !== '${key}') throw new Error('${key} was not found');`,
  );
}

/** Milliseconds from `from`, which the code sets, to the end of the code. */
function processMs(code: string): number {
  const script = `${code}\nconsole.log(performance.now() - from);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: path.resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a process ended with ${status}: ${stderr}`);
  return Number(stdout);
}

/** A project that imports every entry of every built package. @returns How many packages. */
function writeConsumer(folder: string): number {
  const manifests = globSync('packages/{*,*/*}/package.json', { cwd: root }).filter(
    (file) => !file.includes('node_modules'),
  );
  const lines: string[] = [];
  let count = 0;
  for (const file of manifests) {
    const dir = path.join(root, path.dirname(file));
    const manifest: { name: string; exports?: Record<string, string | { types?: string }> } = JSON.parse(
      readFileSync(path.join(root, file), 'utf8'),
    );
    const entries = Object.entries(manifest.exports ?? {}).filter(([, target]) => typeof target !== 'string');
    const isBuilt =
      entries.length > 0 &&
      entries.every(([, target]) => {
        return typeof target !== 'string' && existsSync(path.join(dir, target.types ?? ''));
      });
    if (!isBuilt) continue;
    count += 1;
    const link = path.join(folder, 'node_modules', manifest.name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(dir, link, 'junction');
    for (const [entry] of entries) {
      const name = `entry${lines.length}`;
      lines.push(`import type * as ${name} from '${manifest.name}${entry.slice(1)}'; export type { ${name} };`);
    }
  }
  writeFileSync(path.join(folder, 'index.ts'), lines.join('\n'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    module: 'NodeNext',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['index.ts'] }));
  return count;
}

function compile(folder: string): number {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const from = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const elapsedMs = performance.now() - from;
  if (status !== 0) throw new Error(`the consumer does not compile: ${stdout.slice(0, 2_000)}`);
  return elapsedMs;
}
