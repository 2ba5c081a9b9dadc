import { measure } from 'mitata';

type Unit = 'ns' | 'µs' | 'ms' | 'B' | 'kB' | 'MB' | 'requests';

/** One row of the table. */
export interface Measurement {
  /** What was measured: ours, a peer, or the bare thing that both are compared with. */
  readonly subject: string;
  readonly value: number;
  readonly unit: Unit;
  /** Upper bound in the same unit. A run that exceeds one fails. Absent: the row is there to compare with. */
  readonly budget?: number;
}

/** A file `*.bench.ts` exports one as `benchmark`; that is all it takes to be run. */
export interface Benchmark {
  readonly title: string;
  /** Measures everything that is compared in one process, one thing after the other. */
  run(): Promise<readonly Measurement[]>;
}

/** Long enough for the engine to have compiled what it is going to compile. */
const WARM_UP_MS = 1_000;

/** Without forced collections: each would shrink the young generation to a size that no running server has. */
const SETTINGS = { min_cpu_time: 300 * 1e6, gc: false } as const;

/**
 * Median time of one run of a function, synchronous or not, in nanoseconds, once it is warm: the quietest of five
 * rounds, since on a shared machine noise only ever adds.
 */
export async function medianNs(run: () => unknown): Promise<number> {
  const warmAt = performance.now() + WARM_UP_MS;
  while (performance.now() < warmAt) await run();
  const rounds: number[] = [];
  for (let round = 0; round < 5; round += 1) rounds.push((await measure(run, SETTINGS)).p50);
  return Math.min(...rounds);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Megabytes of heap that stay in use after a collection. Needs `--expose-gc`. */
export function heapInUseMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}
