import type { DeltaRecordMark } from '../rules/record-rules.ts';
import type { ScanCounts } from '../rules/generation-rules.ts';
import type { DeltaSourceRef } from '../source-ref.ts';
import type { DeltaCommit, DeltaOutboxEntry, ReceivedEvent } from './commit.ts';
import type { DeltaLease, LeaseAnswer, LeaseRequest } from './lease.ts';
import type { DeltaProgress, DeltaStatus } from './progress.ts';
import type { DeltaSourceState } from './source-state.ts';

export interface ListSourcesQuery {
  readonly tenantId?: string;
  readonly connectionId?: string;
  readonly status?: DeltaStatus;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** 1 to 1000, default 100. */
  readonly limit?: number;
}

export interface SourcesPage {
  readonly items: readonly DeltaSourceState[];
  readonly nextCursor?: string;
  readonly hasMore: boolean;
}

export interface PruneOptions {
  /** Milliseconds after which tombstones are forgotten; see `tombstoneLifeMs`. */
  readonly tombstoneLifeMs: number;
  /** Most rows of each kind in one go, so that pruning never holds others up. Default 10,000. */
  readonly limit?: number;
}

export interface Pruned {
  readonly seen: number;
  readonly tombstones: number;
}

/**
 * Where the state of sync lives: leases, progress, what was seen, marks of records, events that came in, and messages to
 * be sent. Every method is one atomic step, and safe from any number of processes where the store is shared.
 *
 * Expiry is judged by one clock, the store's own. A store knows nothing of providers.
 *
 * @typeParam Tx What `apply` gets to write records in the transaction of the commit.
 */
export interface DeltaStore<Tx = unknown> {
  /** Takes the lease if nobody holds it. The token is higher than any before. A source that is not there is made. */
  acquire(ref: DeltaSourceRef, request: LeaseRequest): Promise<LeaseAnswer>;
  /** Extends a lease that still holds, with the same token. `undefined`: it is lost. */
  renew(lease: DeltaLease, ttlMs: number): Promise<DeltaLease | undefined>;
  /** Gives a lease back. False: it was lost already; nothing happened. The token stays used. */
  release(lease: DeltaLease): Promise<boolean>;

  load(ref: DeltaSourceRef): Promise<DeltaSourceState | undefined>;
  /** Sources in a stable order. */
  list(query?: ListSourcesQuery): Promise<SourcesPage>;
  /**
   * Writes progress without a lease, for operators and hints. A worker that holds the lease notices at its next commit.
   *
   * @param expectedRevision 0 makes the source.
   * @returns The new revision.
   * @throws {DeltaError} `CONFLICT`
   */
  update(ref: DeltaSourceRef, progress: DeltaProgress, expectedRevision: number): Promise<number>;
  /** Forgets a source and all that belongs to it, except its fencing token. */
  remove(ref: DeltaSourceRef): Promise<void>;

  /**
   * Does all that `commit` says, and what `apply` does, in one transaction: if the lease holds and the revision is the
   * expected one. What `apply` throws rolls everything back and is thrown on.
   *
   * @returns The new revision.
   * @throws {DeltaError} `LEASE_LOST`, `CONFLICT`
   */
  commit(lease: DeltaLease, commit: DeltaCommit, apply?: (tx: Tx) => Promise<void> | void): Promise<number>;

  /** Which of the keys were taken in within their window. */
  findSeen(ref: DeltaSourceRef, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Marks of those records that are known, deleted ones included. */
  findRecords(ref: DeltaSourceRef, sourceIds: readonly string[]): Promise<ReadonlyMap<string, DeltaRecordMark>>;
  /** Live records, and those of them with a generation below the one given. */
  countRecords(ref: DeltaSourceRef, belowGeneration: number): Promise<ScanCounts>;
  /** Some of the live records with a generation below the one given. */
  listMissing(ref: DeltaSourceRef, belowGeneration: number, limit: number): Promise<readonly DeltaRecordMark[]>;

  /**
   * Keeps events that came in, each once: what was seen or waits already is a duplicate. Needs no lease.
   *
   * @returns Ids of those that are new.
   */
  receive(ref: DeltaSourceRef, events: readonly ReceivedEvent[]): Promise<readonly string[]>;
  /** Events that wait, in the order in which they came. */
  listReceived(ref: DeltaSourceRef, limit: number): Promise<readonly ReceivedEvent[]>;

  /** Messages to be published, oldest first, of all sources. */
  listOutbox(limit: number): Promise<readonly DeltaOutboxEntry[]>;
  /** Forgets messages that were published. */
  removeFromOutbox(ids: readonly string[]): Promise<void>;

  /** Forgets dedupe keys whose window is over, and old tombstones. */
  prune(options: PruneOptions): Promise<Pruned>;
  /** Ends the store's connections. Calling it again changes nothing. */
  close(): Promise<void>;
}
