import { type DeltaClock, systemDeltaClock } from '../delta-clock.ts';
import { DeltaError } from '../errors/delta-error.ts';
import { DEFAULT_DEDUPE_WINDOW_MS } from '../rules/dedupe-rules.ts';
import type { SyncOptions } from './sync-options.ts';

/** The numbers of a run, checked. */
export interface SyncSettings {
  readonly clock: DeltaClock;
  readonly random: () => number;
  readonly holder: string;
  readonly leaseTtlMs: number;
  readonly maxPages: number;
  readonly attempts: number;
  readonly requestTimeoutMs: number;
  readonly maxFailures: number;
  readonly dedupeWindowMs: number;
  readonly maxCheckpoints: number;
}

/** @throws {DeltaError} `INVALID_OPTIONS` */
export function resolveSyncOptions<TPayload, Tx>(options: SyncOptions<TPayload, Tx>): SyncSettings {
  const { source } = options;
  if ((options.apply === undefined) === (options.applyInTransaction === undefined)) {
    throw invalid('apply', 'Exactly one of "apply" and "applyInTransaction" must be given');
  }
  if ((source.scan === undefined) !== (source.currentCursor === undefined)) {
    throw invalid('source', 'A source has both "scan" and "currentCursor" or neither: changes during a scan are lost');
  }
  const {
    leaseTtlMs = 30_000,
    maxPages = 1000,
    attempts = 3,
    requestTimeoutMs = 60_000,
    maxFailures = 5,
    dedupeWindowMs = DEFAULT_DEDUPE_WINDOW_MS,
    maxCheckpoints = 20,
  } = options;
  const numbers = { leaseTtlMs, maxPages, attempts, requestTimeoutMs, maxFailures, dedupeWindowMs, maxCheckpoints };
  for (const [name, value] of Object.entries(numbers)) {
    if (value >= 1 && value < Infinity) continue;
    throw invalid(name, `"${name}" must be a number of at least 1, and is ${value}`);
  }
  return {
    ...numbers,
    clock: options.clock ?? systemDeltaClock,
    random: options.random ?? Math.random,
    holder: options.holder ?? `worker-${crypto.randomUUID()}`,
  };
}

function invalid(field: string, message: string): DeltaError {
  return new DeltaError({ code: 'INVALID_OPTIONS', message, field });
}
