import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { formatTable, isKept } from './format-table.ts';

/** Runs the benchmarks whose file names contain the argument; without one, all of them. */
const { positionals } = parseArgs({ allowPositionals: true });
const files = globSync('*.bench.ts', { cwd: import.meta.dirname })
  .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
  .toSorted();

console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}; medians, smaller is better.\n`);
for (const file of files) {
  const { benchmark }: { benchmark?: Benchmark } = await import(`./${file}`);
  if (benchmark === undefined) throw new Error(`${file} exports no \`benchmark\``);
  const rows = await benchmark.run();
  console.log(`${formatTable(benchmark.title, rows)}\n`);
  if (!rows.every(isKept)) process.exitCode = 1;
}
