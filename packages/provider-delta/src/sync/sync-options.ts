import type { DeltaClock } from '../delta-clock.ts';
import type { DeltaOutboxEntry } from '../store/commit.ts';
import type { DeltaStore } from '../store/delta-store.ts';
import type { MassDeletionGuard } from '../rules/generation-rules.ts';
import type { DeltaOrigin } from '../rules/record-rules.ts';
import type { DeltaSourceRef } from '../source-ref.ts';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';
import type { DeltaSource } from './delta-source.ts';
import type { SyncEvent, SyncOutcome } from './sync-events.ts';

/** A step's changes: new, newer or deleted (`delta.tombstone`), in the order in which they are to be applied. */
export interface DeltaBatch<TPayload> {
  readonly ref: DeltaSourceRef;
  /** At most one for each record of a page. The payload of a deletion that a sweep found is `undefined`. */
  readonly changes: readonly ProviderDeltaEnvelope<TPayload | undefined>[];
  readonly origin: DeltaOrigin | 'sweep';
  /** A sink of its own refuses batches with a lower token than the highest it has seen. */
  readonly fencingToken: number;
  readonly signal: AbortSignal;
  /** Adds a message that is published after this step is committed. */
  readonly publish: (entry: DeltaOutboxEntry) => void;
}

export interface SyncOptions<TPayload, Tx> {
  readonly ref: DeltaSourceRef;
  readonly source: DeltaSource<TPayload>;
  readonly store: DeltaStore<Tx>;
  /**
   * Writes a batch before its commit. After a crash the same batch comes again: make it idempotent. One of `apply` and
   * `applyInTransaction`.
   */
  readonly apply?: (batch: DeltaBatch<TPayload>) => Promise<void> | void;
  /** Writes a batch in the store's own transaction, so that records and progress are committed together. */
  readonly applyInTransaction?: (batch: DeltaBatch<TPayload>, tx: Tx) => Promise<void> | void;
  /** Name of the worker, different for each. Default random. */
  readonly holder?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: SyncEvent) => void;
  readonly clock?: DeltaClock;
  /** From [0, 1). */
  readonly random?: () => number;
  /** Milliseconds that the lease lasts from each renewal. Default 30,000. */
  readonly leaseTtlMs?: number;
  /** Pages in one run; then the lease is given back, so that others have a turn. Default 1,000. */
  readonly maxPages?: number;
  /** Attempts for one page before the run ends with `backoff`. Default 3. */
  readonly attempts?: number;
  /** Milliseconds for one request of the adapter. Default 60,000. */
  readonly requestTimeoutMs?: number;
  /** Failed runs in a row that end with `failed`, where nothing says that they would pass. Default 5. */
  readonly maxFailures?: number;
  readonly dedupeWindowMs?: number;
  readonly massDeletion?: MassDeletionGuard;
  /** Complete positions that are kept for replays. Default 20. */
  readonly maxCheckpoints?: number;
}

export interface SyncResult {
  readonly outcome: SyncOutcome;
  /** Changes that were applied and committed. */
  readonly applied: number;
  /** Changes that were known already. */
  readonly skipped: number;
  readonly pages: number;
  /** With `backoff`: when to come again. With `busy`: when the lease ends at the latest. */
  readonly retryAfterMs?: number;
  /** With `backoff`, `auth_required` and `failed`: what the provider or the sink said, redacted by whoever made it. */
  readonly error?: unknown;
}
