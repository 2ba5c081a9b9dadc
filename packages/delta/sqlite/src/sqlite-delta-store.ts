import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  conflict,
  DEFAULT_DEDUPE_WINDOW_MS,
  type DeltaCommit,
  type DeltaLease,
  type DeltaOutboxEntry,
  type DeltaProgress,
  type DeltaRecordMark,
  type DeltaSourceRef,
  deltaSourceKey,
  type DeltaSourceState,
  type DeltaStore,
  INITIAL_PROGRESS,
  type LeaseAnswer,
  type LeaseRequest,
  leaseLost,
  type ListSourcesQuery,
  type Pruned,
  type PruneOptions,
  type ReceivedEvent,
  type ScanCounts,
  type SourcesPage,
} from '@mortise/provider-delta';
import { markOf, numberOf, type Row, stateOf, textOf } from './rows.ts';
import { SqliteDeltaStoreError, storeFailed } from './sqlite-store-error.ts';
import { WriteTurn } from './write-turn.ts';

export interface SqliteDeltaStoreParts {
  /** Connection for writes, with a transaction open at most times. */
  readonly writer: DatabaseSync;
  /** Connection for reads, so that nobody sees half a commit. */
  readonly reader: DatabaseSync;
  readonly now: () => number;
  readonly busyTimeoutMs: number;
}

/** The state of delta sync in a SQLite file. Made by `openSqliteDeltaStore`. */
export class SqliteDeltaStore implements DeltaStore<DatabaseSync> {
  readonly #parts: SqliteDeltaStoreParts;
  readonly #turn: WriteTurn;
  readonly #statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();
  #isClosed = false;

  constructor(parts: SqliteDeltaStoreParts) {
    this.#parts = parts;
    this.#turn = new WriteTurn(parts.writer, parts.busyTimeoutMs);
  }

  async acquire(ref: DeltaSourceRef, { holder, ttlMs }: LeaseRequest): Promise<LeaseAnswer> {
    return this.#write(() => {
      const nowMs = this.#parts.now();
      const row = this.#open(ref);
      const { lease } = stateOf(row, nowMs);
      if (lease !== undefined) return { isAcquired: false, holder: lease.holder, expiresAt: lease.expiresAt };
      const token = numberOf(row['token']) + 1;
      this.#run(
        `UPDATE delta_sources SET token = ?, holder = ?, lease_expires_ms = ?,
           progress = coalesce(progress, ?), status = coalesce(status, ?) WHERE id = ?`,
        token,
        holder,
        nowMs + ttlMs,
        JSON.stringify(INITIAL_PROGRESS),
        INITIAL_PROGRESS.status,
        numberOf(row['id']),
      );
      const expiresAt = new Date(nowMs + ttlMs).toISOString();
      const state = stateOf(this.#open(ref), nowMs);
      return { isAcquired: true, lease: { ref: state.ref, holder, token, expiresAt }, state };
    });
  }

  async renew(lease: DeltaLease, ttlMs: number): Promise<DeltaLease | undefined> {
    return this.#write(() => {
      const nowMs = this.#parts.now();
      const { changes } = this.#run(
        'UPDATE delta_sources SET lease_expires_ms = ? WHERE key = ? AND holder = ? AND token = ? AND lease_expires_ms > ?',
        nowMs + ttlMs,
        deltaSourceKey(lease.ref),
        lease.holder,
        lease.token,
        nowMs,
      );
      return changes === 0 ? undefined : { ...lease, expiresAt: new Date(nowMs + ttlMs).toISOString() };
    });
  }

  async release(lease: DeltaLease): Promise<boolean> {
    return this.#write(() => {
      const { changes } = this.#run(
        'UPDATE delta_sources SET holder = NULL, lease_expires_ms = NULL WHERE key = ? AND holder = ? AND token = ? AND lease_expires_ms > ?',
        deltaSourceKey(lease.ref),
        lease.holder,
        lease.token,
        this.#parts.now(),
      );
      return changes > 0;
    });
  }

  async load(ref: DeltaSourceRef): Promise<DeltaSourceState | undefined> {
    const row = this.#source(ref);
    return row === undefined || row['progress'] === null ? undefined : stateOf(row, this.#parts.now());
  }

  async list(query: ListSourcesQuery = {}): Promise<SourcesPage> {
    const { tenantId = null, connectionId = null, status = null, cursor = '', limit = 100 } = query;
    const rows = this.#all(
      `SELECT * FROM delta_sources WHERE progress IS NOT NULL AND key > ?1 AND (?2 IS NULL OR tenant_id = ?2)
         AND (?3 IS NULL OR connection_id = ?3) AND (?4 IS NULL OR status = ?4) ORDER BY key LIMIT ?5`,
      cursor,
      tenantId,
      connectionId,
      status,
      limit + 1,
    );
    const nowMs = this.#parts.now();
    const items = rows.slice(0, limit).map((row) => stateOf(row, nowMs));
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined
      ? { items, hasMore: true, nextCursor: textOf(last['key']) }
      : { items, hasMore: false };
  }

  async update(ref: DeltaSourceRef, progress: DeltaProgress, expectedRevision: number): Promise<number> {
    return this.#write(() => {
      const known = this.#get(this.#parts.writer, 'SELECT * FROM delta_sources WHERE key = ?', deltaSourceKey(ref));
      const found = known === undefined || known['progress'] === null ? undefined : numberOf(known['revision']);
      if ((found ?? 0) !== expectedRevision) throw conflict(ref, expectedRevision, found);
      this.#setProgress(numberOf(this.#open(ref)['id']), progress, expectedRevision + 1);
      return expectedRevision + 1;
    });
  }

  async remove(ref: DeltaSourceRef): Promise<void> {
    await this.#write(() => {
      const id = numberOf(
        this.#get(this.#parts.writer, 'SELECT id FROM delta_sources WHERE key = ?', deltaSourceKey(ref))?.['id'],
      );
      for (const table of ['delta_seen', 'delta_records', 'delta_received']) {
        this.#run(`DELETE FROM ${table} WHERE source = ?`, id);
      }
      this.#run(
        'UPDATE delta_sources SET revision = 0, holder = NULL, lease_expires_ms = NULL, status = NULL, progress = NULL WHERE id = ?',
        id,
      );
    });
  }

  async commit(
    lease: DeltaLease,
    commit: DeltaCommit,
    apply?: (tx: DatabaseSync) => Promise<void> | void,
  ): Promise<number> {
    return this.#write(async () => {
      const row = this.#get(
        this.#parts.writer,
        'SELECT id, revision, holder, token, lease_expires_ms FROM delta_sources WHERE key = ?',
        deltaSourceKey(lease.ref),
      );
      const isHeld =
        row !== undefined &&
        row['holder'] === lease.holder &&
        numberOf(row['token']) === lease.token &&
        this.#parts.now() < numberOf(row['lease_expires_ms']);
      if (!isHeld) throw leaseLost(lease);
      const found = numberOf(row['revision']);
      if (found !== commit.expectedRevision) throw conflict(lease.ref, commit.expectedRevision, found);
      await apply?.(this.#parts.writer);
      const revision = commit.expectedRevision + 1;
      this.#writeCommit(numberOf(row['id']), commit, revision);
      return revision;
    });
  }

  async findSeen(ref: DeltaSourceRef, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = this.#all(
      `SELECT key FROM delta_seen WHERE source = ? AND until_ms > ? AND key IN (SELECT value FROM json_each(?))`,
      this.#idOf(ref),
      this.#parts.now(),
      JSON.stringify(keys),
    );
    return new Set(rows.map((row) => textOf(row['key'])));
  }

  async findRecords(ref: DeltaSourceRef, ids: readonly string[]): Promise<ReadonlyMap<string, DeltaRecordMark>> {
    const rows = this.#all(
      'SELECT * FROM delta_records WHERE source = ? AND id IN (SELECT value FROM json_each(?))',
      this.#idOf(ref),
      JSON.stringify(ids),
    );
    return new Map(rows.map((row) => [textOf(row['id']), markOf(row)]));
  }

  async countRecords(ref: DeltaSourceRef, belowGeneration: number): Promise<ScanCounts> {
    const row = this.#get(
      this.#parts.reader,
      `SELECT count(*) AS live, count(*) FILTER (WHERE generation < ?) AS missing FROM delta_records
         WHERE source = ? AND deleted_at IS NULL`,
      belowGeneration,
      this.#idOf(ref),
    );
    return { live: numberOf(row?.['live']), missing: numberOf(row?.['missing']) };
  }

  async listMissing(ref: DeltaSourceRef, belowGeneration: number, limit: number): Promise<readonly DeltaRecordMark[]> {
    const rows = this.#all(
      'SELECT * FROM delta_records WHERE source = ? AND deleted_at IS NULL AND generation < ? LIMIT ?',
      this.#idOf(ref),
      belowGeneration,
      limit,
    );
    return rows.map(markOf);
  }

  async receive(ref: DeltaSourceRef, events: readonly ReceivedEvent[]): Promise<readonly string[]> {
    return this.#write(() => {
      const source = numberOf(this.#open(ref)['id']);
      const nowMs = this.#parts.now();
      return events.flatMap((event) => {
        const { changes } = this.#run(
          `INSERT INTO delta_received (source, id, event) SELECT ?1, ?2, ?3
             WHERE NOT EXISTS (SELECT 1 FROM delta_seen WHERE source = ?1 AND key = ?2 AND until_ms > ?4)
             ON CONFLICT DO NOTHING`,
          source,
          event.id,
          JSON.stringify(event),
          nowMs,
        );
        return changes === 0 ? [] : [event.id];
      });
    });
  }

  async listReceived(ref: DeltaSourceRef, limit: number): Promise<readonly ReceivedEvent[]> {
    const rows = this.#all(
      'SELECT event FROM delta_received WHERE source = ? ORDER BY position LIMIT ?',
      this.#idOf(ref),
      limit,
    );
    return rows.map((row): ReceivedEvent => JSON.parse(textOf(row['event'])));
  }

  async listOutbox(limit: number): Promise<readonly DeltaOutboxEntry[]> {
    const rows = this.#all('SELECT id, topic, payload FROM delta_outbox ORDER BY position LIMIT ?', limit);
    return rows.map((row) => ({
      id: textOf(row['id']),
      topic: textOf(row['topic']),
      payload: JSON.parse(textOf(row['payload'])),
    }));
  }

  async removeFromOutbox(ids: readonly string[]): Promise<void> {
    await this.#write(() => {
      this.#run('DELETE FROM delta_outbox WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
    });
  }

  async prune({ tombstoneLifeMs, limit = 10_000 }: PruneOptions): Promise<Pruned> {
    return this.#write(() => {
      const nowMs = this.#parts.now();
      const seen = this.#run(
        `DELETE FROM delta_seen WHERE (source, key) IN
           (SELECT source, key FROM delta_seen WHERE until_ms <= ? LIMIT ?)`,
        nowMs,
        limit,
      );
      const tombstones = this.#run(
        `DELETE FROM delta_records WHERE (source, id) IN
           (SELECT source, id FROM delta_records WHERE deleted_at IS NOT NULL AND observed_ms <= ? LIMIT ?)`,
        nowMs - tombstoneLifeMs,
        limit,
      );
      return { seen: Number(seen.changes), tombstones: Number(tombstones.changes) };
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#turn.idle();
    this.#parts.reader.close();
    this.#parts.writer.close();
  }

  #writeCommit(source: number, commit: DeltaCommit, revision: number): void {
    const { progress, records = [], seen = [], handled = [], outbox = [] } = commit;
    this.#setProgress(source, progress, revision);
    for (const { sourceId, generation, revision: state, tombstone } of records) {
      this.#run(
        'INSERT OR REPLACE INTO delta_records (source, id, generation, revision, deleted_at, observed_at, observed_ms, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        source,
        sourceId,
        generation,
        state ?? null,
        tombstone?.deletedAt ?? null,
        tombstone?.observedAt ?? null,
        tombstone === undefined ? null : Date.parse(tombstone.observedAt),
        tombstone?.reason ?? null,
      );
    }
    const untilMs = this.#parts.now() + (commit.dedupeWindowMs ?? DEFAULT_DEDUPE_WINDOW_MS);
    for (const key of seen) {
      this.#run('INSERT OR REPLACE INTO delta_seen (source, key, until_ms) VALUES (?, ?, ?)', source, key, untilMs);
    }
    for (const id of handled) this.#run('DELETE FROM delta_received WHERE source = ? AND id = ?', source, id);
    for (const { id, topic, payload } of outbox) {
      this.#run(
        'INSERT INTO delta_outbox (id, topic, payload) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        id,
        topic,
        JSON.stringify(payload),
      );
    }
  }

  #setProgress(id: number, progress: DeltaProgress, revision: number): void {
    this.#run(
      'UPDATE delta_sources SET progress = ?, status = ?, revision = ? WHERE id = ?',
      JSON.stringify(progress),
      progress.status,
      revision,
      id,
    );
  }

  /** The row of a source, made if it is not there. Only within a write. */
  #open(ref: DeltaSourceRef): Row {
    const key = deltaSourceKey(ref);
    const { writer } = this.#parts;
    const known = this.#get(writer, 'SELECT * FROM delta_sources WHERE key = ?', key);
    if (known !== undefined) return known;
    this.#run(
      'INSERT INTO delta_sources (key, tenant_id, connection_id, stream, partition) VALUES (?, ?, ?, ?, ?)',
      key,
      ref.tenantId,
      ref.connectionId,
      ref.stream,
      ref.partition ?? null,
    );
    return this.#get(writer, 'SELECT * FROM delta_sources WHERE key = ?', key) ?? {};
  }

  #source(ref: DeltaSourceRef): Row | undefined {
    return this.#get(this.#parts.reader, 'SELECT * FROM delta_sources WHERE key = ?', deltaSourceKey(ref));
  }

  /** 0, which no row has, for a source that is not there. */
  #idOf(ref: DeltaSourceRef): number {
    return numberOf(this.#source(ref)?.['id']);
  }

  async #write<Result>(run: () => Promise<Result> | Result): Promise<Result> {
    this.#requireOpen();
    return this.#turn.transaction(run);
  }

  #run(sql: string, ...values: SQLInputValue[]): { changes: number | bigint } {
    return this.#prepared(this.#parts.writer, sql).run(...values);
  }

  #get(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row | undefined {
    this.#requireOpen();
    return this.#prepared(database, sql).get(...values);
  }

  #all(sql: string, ...values: SQLInputValue[]): Row[] {
    this.#requireOpen();
    try {
      return this.#prepared(this.#parts.reader, sql).all(...values);
    } catch (error) {
      throw storeFailed('read', error);
    }
  }

  #prepared(database: DatabaseSync, sql: string): StatementSync {
    const known = this.#statements.get(database) ?? new Map<string, StatementSync>();
    this.#statements.set(database, known);
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    return statement;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new SqliteDeltaStoreError({ code: 'CLOSED', message: 'The delta store is closed' });
  }
}
