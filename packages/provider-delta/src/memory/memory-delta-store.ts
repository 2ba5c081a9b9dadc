import { type DeltaClock, systemDeltaClock } from '../delta-clock.ts';
import { DEFAULT_DEDUPE_WINDOW_MS } from '../rules/dedupe-rules.ts';
import type { ScanCounts } from '../rules/generation-rules.ts';
import { isoInstant } from '../rules/instant.ts';
import type { DeltaRecordMark } from '../rules/record-rules.ts';
import { isTombstoneExpired } from '../rules/tombstone-rules.ts';
import { deltaSourceKey, type DeltaSourceRef } from '../source-ref.ts';
import type { DeltaCommit, DeltaOutboxEntry, ReceivedEvent } from '../store/commit.ts';
import type { DeltaStore, ListSourcesQuery, Pruned, PruneOptions, SourcesPage } from '../store/delta-store.ts';
import type { DeltaLease, LeaseAnswer, LeaseRequest } from '../store/lease.ts';
import { conflict, leaseLost } from '../store/store-errors.ts';
import { type DeltaProgress, INITIAL_PROGRESS } from '../store/progress.ts';
import type { DeltaSourceState } from '../store/source-state.ts';

/** The transaction of a commit in memory: what is to happen if it succeeds. */
export interface MemoryTransaction {
  /** Runs `effect` once the commit is certain; it must not throw. */
  onCommit(effect: () => void): void;
}

interface MemorySource {
  readonly ref: DeltaSourceRef;
  revision: number;
  token: number;
  lease: { readonly holder: string; readonly token: number; readonly expiresMs: number } | undefined;
  progress: DeltaProgress;
  readonly seen: Map<string, number>;
  readonly records: Map<string, DeltaRecordMark>;
  readonly received: Map<string, ReceivedEvent>;
  /** The transaction that is under way; the next one waits for it. */
  busy: Promise<void>;
}

/** Keeps all state in the memory of this process, for tests and for programs that start anew each time. */
export class MemoryDeltaStore implements DeltaStore<MemoryTransaction> {
  readonly #clock: Pick<DeltaClock, 'now'>;
  readonly #sources = new Map<string, MemorySource>();
  readonly #tokens = new Map<string, number>();
  readonly #outbox = new Map<string, DeltaOutboxEntry>();

  /** @param clock What expiry is judged by. Default the machine's. */
  constructor(clock: Pick<DeltaClock, 'now'> = systemDeltaClock) {
    this.#clock = clock;
  }

  async acquire(ref: DeltaSourceRef, { holder, ttlMs }: LeaseRequest): Promise<LeaseAnswer> {
    const source = this.#open(ref);
    return this.#exclusively(source, () => {
      const nowMs = this.#clock.now();
      const { lease } = source;
      if (lease !== undefined && nowMs < lease.expiresMs) {
        return { isAcquired: false, holder: lease.holder, expiresAt: isoInstant(lease.expiresMs) };
      }
      source.token += 1;
      source.lease = { holder, token: source.token, expiresMs: nowMs + ttlMs };
      return { isAcquired: true, lease: leaseOf(source.ref, source.lease), state: this.#stateOf(source) };
    });
  }

  async renew(lease: DeltaLease, ttlMs: number): Promise<DeltaLease | undefined> {
    const source = this.#find(lease.ref);
    if (source === undefined) return undefined;
    return this.#exclusively(source, () => {
      if (!this.#holds(source, lease)) return undefined;
      source.lease = { holder: lease.holder, token: lease.token, expiresMs: this.#clock.now() + ttlMs };
      return leaseOf(source.ref, source.lease);
    });
  }

  async release(lease: DeltaLease): Promise<boolean> {
    const source = this.#find(lease.ref);
    if (source === undefined) return false;
    return this.#exclusively(source, () => {
      if (!this.#holds(source, lease)) return false;
      source.lease = undefined;
      return true;
    });
  }

  async load(ref: DeltaSourceRef): Promise<DeltaSourceState | undefined> {
    const source = this.#find(ref);
    return source === undefined ? undefined : this.#stateOf(source);
  }

  async list({ tenantId, connectionId, status, cursor, limit = 100 }: ListSourcesQuery = {}): Promise<SourcesPage> {
    const keys = [...this.#sources.keys()].toSorted().filter((key) => cursor === undefined || key > cursor);
    const items: DeltaSourceState[] = [];
    let last: string | undefined;
    for (const key of keys) {
      const source = this.#sources.get(key);
      if (source === undefined) continue;
      const { ref, progress } = source;
      if (tenantId !== undefined && ref.tenantId !== tenantId) continue;
      if (connectionId !== undefined && ref.connectionId !== connectionId) continue;
      if (status !== undefined && progress.status !== status) continue;
      if (items.length === limit) return { items, hasMore: true, ...(last === undefined ? {} : { nextCursor: last }) };
      items.push(this.#stateOf(source));
      last = key;
    }
    return { items, hasMore: false };
  }

  async update(ref: DeltaSourceRef, progress: DeltaProgress, expectedRevision: number): Promise<number> {
    const known = this.#find(ref);
    if (known === undefined && expectedRevision !== 0) throw conflict(ref, expectedRevision, undefined);
    const source = this.#open(ref);
    return this.#exclusively(source, () => {
      if (source.revision !== expectedRevision) throw conflict(ref, expectedRevision, source.revision);
      source.progress = structuredClone(progress);
      source.revision += 1;
      return source.revision;
    });
  }

  async remove(ref: DeltaSourceRef): Promise<void> {
    const source = this.#find(ref);
    if (source === undefined) return;
    await this.#exclusively(source, () => {
      const key = deltaSourceKey(ref);
      this.#tokens.set(key, source.token);
      this.#sources.delete(key);
    });
  }

  async commit(
    lease: DeltaLease,
    commit: DeltaCommit,
    apply?: (tx: MemoryTransaction) => Promise<void> | void,
  ): Promise<number> {
    const source = this.#find(lease.ref);
    if (source === undefined) throw leaseLost(lease);
    return this.#exclusively(source, async () => {
      if (!this.#holds(source, lease)) throw leaseLost(lease);
      if (source.revision !== commit.expectedRevision) {
        throw conflict(lease.ref, commit.expectedRevision, source.revision);
      }
      const effects: (() => void)[] = [];
      await apply?.({ onCommit: (effect) => void effects.push(effect) });
      const { records = [], seen = [], dedupeWindowMs = DEFAULT_DEDUPE_WINDOW_MS, handled = [], outbox = [] } = commit;
      const seenUntilMs = this.#clock.now() + dedupeWindowMs;
      source.progress = structuredClone(commit.progress);
      source.revision += 1;
      for (const record of records) source.records.set(record.sourceId, { ...record });
      for (const key of seen) source.seen.set(key, seenUntilMs);
      for (const id of handled) source.received.delete(id);
      for (const entry of outbox) if (!this.#outbox.has(entry.id)) this.#outbox.set(entry.id, structuredClone(entry));
      for (const effect of effects) effect();
      return source.revision;
    });
  }

  async findSeen(ref: DeltaSourceRef, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const seen = this.#find(ref)?.seen;
    const nowMs = this.#clock.now();
    return new Set(keys.filter((key) => (seen?.get(key) ?? 0) > nowMs));
  }

  async findRecords(ref: DeltaSourceRef, ids: readonly string[]): Promise<ReadonlyMap<string, DeltaRecordMark>> {
    const records = this.#find(ref)?.records;
    const found = new Map<string, DeltaRecordMark>();
    for (const id of ids) {
      const record = records?.get(id);
      if (record !== undefined) found.set(id, record);
    }
    return found;
  }

  async countRecords(ref: DeltaSourceRef, belowGeneration: number): Promise<ScanCounts> {
    const live = [...(this.#find(ref)?.records.values() ?? [])].filter(({ tombstone }) => tombstone === undefined);
    return { live: live.length, missing: live.filter(({ generation }) => generation < belowGeneration).length };
  }

  async listMissing(ref: DeltaSourceRef, belowGeneration: number, limit: number): Promise<readonly DeltaRecordMark[]> {
    const missing: DeltaRecordMark[] = [];
    for (const record of this.#find(ref)?.records.values() ?? []) {
      if (record.tombstone !== undefined || record.generation >= belowGeneration) continue;
      if (missing.push(record) === limit) break;
    }
    return missing;
  }

  async receive(ref: DeltaSourceRef, events: readonly ReceivedEvent[]): Promise<readonly string[]> {
    const source = this.#open(ref);
    return this.#exclusively(source, () => {
      const nowMs = this.#clock.now();
      const isNew = ({ id }: ReceivedEvent): boolean => (source.seen.get(id) ?? 0) <= nowMs && !source.received.has(id);
      const accepted: string[] = [];
      for (const event of events) {
        if (!isNew(event)) continue;
        source.received.set(event.id, structuredClone(event));
        accepted.push(event.id);
      }
      return accepted;
    });
  }

  async listReceived(ref: DeltaSourceRef, limit: number): Promise<readonly ReceivedEvent[]> {
    return [...(this.#find(ref)?.received.values() ?? [])].slice(0, limit).map((event) => structuredClone(event));
  }

  async listOutbox(limit: number): Promise<readonly DeltaOutboxEntry[]> {
    return [...this.#outbox.values()].slice(0, limit).map((entry) => structuredClone(entry));
  }

  async removeFromOutbox(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#outbox.delete(id);
  }

  async prune({ tombstoneLifeMs, limit = 10_000 }: PruneOptions): Promise<Pruned> {
    const nowMs = this.#clock.now();
    const pruned = { seen: 0, tombstones: 0 };
    for (const source of this.#sources.values()) {
      for (const [key, untilMs] of source.seen) {
        if (pruned.seen >= limit || untilMs > nowMs) continue;
        source.seen.delete(key);
        pruned.seen += 1;
      }
      for (const [id, { tombstone }] of source.records) {
        if (pruned.tombstones >= limit || tombstone === undefined) continue;
        if (!isTombstoneExpired(tombstone, nowMs, tombstoneLifeMs)) continue;
        source.records.delete(id);
        pruned.tombstones += 1;
      }
    }
    return pruned;
  }

  async close(): Promise<void> {}

  #find(ref: DeltaSourceRef): MemorySource | undefined {
    return this.#sources.get(deltaSourceKey(ref));
  }

  #open(ref: DeltaSourceRef): MemorySource {
    const key = deltaSourceKey(ref);
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const source: MemorySource = {
      ref: { ...ref },
      revision: 0,
      token: this.#tokens.get(key) ?? 0,
      lease: undefined,
      progress: INITIAL_PROGRESS,
      seen: new Map(),
      records: new Map(),
      received: new Map(),
      busy: Promise.resolve(),
    };
    this.#sources.set(key, source);
    return source;
  }

  #holds({ lease }: MemorySource, { holder, token }: DeltaLease): boolean {
    return (
      lease !== undefined && lease.holder === holder && lease.token === token && this.#clock.now() < lease.expiresMs
    );
  }

  #stateOf({ ref, revision, token, lease, progress }: MemorySource): DeltaSourceState {
    const isHeld = lease !== undefined && this.#clock.now() < lease.expiresMs;
    return {
      ref,
      revision,
      fencingToken: token,
      progress: structuredClone(progress),
      ...(isHeld
        ? { lease: { holder: lease.holder, token: lease.token, expiresAt: isoInstant(lease.expiresMs) } }
        : {}),
    };
  }

  /** One after another for each source, as rows that are locked. */
  async #exclusively<Result>(source: MemorySource, run: () => Promise<Result> | Result): Promise<Result> {
    const before = source.busy;
    let done = (): void => {};
    source.busy = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    try {
      return await run();
    } finally {
      done();
    }
  }
}

function leaseOf(
  ref: DeltaSourceRef,
  { holder, token, expiresMs }: { readonly holder: string; readonly token: number; readonly expiresMs: number },
): DeltaLease {
  return { ref, holder, token, expiresAt: isoInstant(expiresMs) };
}
