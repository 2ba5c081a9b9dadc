import { SyncRun } from './sync-run.ts';
import type { SyncOptions, SyncResult } from './sync-options.ts';
import { resolveSyncOptions } from './resolve-options.ts';

/**
 * Brings a source up to date: takes the lease, applies what came in by itself, walks through the provider's pages from the
 * last complete cursor, and commits each page's records, dedupe keys, tombstones and progress in one transaction.
 *
 * Delivery is at least once and in order for one source; with an idempotent `apply`, or with `applyInTransaction`, nothing
 * is lost and nothing doubled, wherever a worker dies, hangs or loses its store. One worker at a time writes: whoever lost
 * the lease is refused by the store.
 *
 * @returns How the run ended. Whatever provider or sink do is an outcome; only wrong options reject, and a store that
 *   fails before anything was begun.
 * @throws {DeltaError} `INVALID_OPTIONS`
 */
export async function syncSource<TPayload, Tx>(options: SyncOptions<TPayload, Tx>): Promise<SyncResult> {
  return new SyncRun(options, resolveSyncOptions(options)).run();
}
