import {
  conflict,
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
import { commitValues } from './commit-statement.ts';
import type { Connections } from './connections.ts';
import type { PgPoolClient, PgResult } from './pg-shapes.ts';
import { PostgresDeltaStoreError } from './postgres-store-error.ts';
import { isoOf, markOf, numberOf, type Row, stateOf, textOf } from './rows.ts';
import { createStatements, listStatement, type Statements } from './statements.ts';

export interface PostgresDeltaStoreParts<Client extends PgPoolClient> {
  readonly connections: Connections<Client>;
  /** Quoted. */
  readonly schema: string;
  /** Ends what the store opened by itself. */
  readonly end: () => Promise<void>;
}

/** How often a step is begun anew because somebody else made, took or gave back the source in between. */
const MAX_TRIES = 10;

/** The state of delta sync in a PostgreSQL database. Made by `createPostgresDeltaStore`. */
export class PostgresDeltaStore<Client extends PgPoolClient = PgPoolClient> implements DeltaStore<Client> {
  readonly #parts: PostgresDeltaStoreParts<Client>;
  readonly #sql: Statements;
  #isClosed = false;

  /** @internal */
  constructor(parts: PostgresDeltaStoreParts<Client>) {
    this.#parts = parts;
    this.#sql = createStatements(parts.schema);
  }

  async acquire(ref: DeltaSourceRef, { holder, ttlMs }: LeaseRequest): Promise<LeaseAnswer> {
    const values = [...refValues(ref), holder, ttlMs, JSON.stringify(INITIAL_PROGRESS), INITIAL_PROGRESS.status];
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const row = (await this.#run('acquire a lease', this.#sql.acquire, values)).rows[0];
      // It was given back, or taken, while this waited for it.
      if (row === undefined) continue;
      const expiresAt = isoOf(row['expires_ms']);
      if (row['is_taken'] !== 'true') return { isAcquired: false, holder: textOf(row['holder']), expiresAt };
      const state = { ...stateOf(row), ref: { ...ref } };
      return { isAcquired: true, lease: { ref: state.ref, holder, token: state.fencingToken, expiresAt }, state };
    }
    const message = `The lease of ${deltaSourceKey(ref)} changed hands ${MAX_TRIES} times while it was asked for`;
    throw new PostgresDeltaStoreError({ code: 'CONTENDED', message });
  }

  async renew(lease: DeltaLease, ttlMs: number): Promise<DeltaLease | undefined> {
    const row = (await this.#run('renew a lease', this.#sql.renew, [...heldValues(lease), ttlMs])).rows[0];
    return row === undefined ? undefined : { ...lease, expiresAt: isoOf(row['expires_ms']) };
  }

  async release(lease: DeltaLease): Promise<boolean> {
    return (await this.#run('release a lease', this.#sql.release, heldValues(lease))).rowCount === 1;
  }

  async load(ref: DeltaSourceRef): Promise<DeltaSourceState | undefined> {
    const row = await this.#source(ref);
    return row === undefined || row['progress'] === null ? undefined : stateOf(row);
  }

  async list(query: ListSourcesQuery = {}): Promise<SourcesPage> {
    const { tenantId, connectionId, status, cursor = '', limit = 100 } = query;
    const filters = [
      ['tenant_id', tenantId],
      ['connection_id', connectionId],
      ['status', status],
    ] as const;
    const used = filters.filter(([, value]) => value !== undefined);
    const text = listStatement(
      this.#parts.schema,
      used.map(([column]) => column),
    );
    const { rows } = await this.#run('list sources', text, [cursor, limit + 1, ...used.map(([, value]) => value)]);
    const items = rows.slice(0, limit).map(stateOf);
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined
      ? { items, hasMore: true, nextCursor: textOf(last['key']) }
      : { items, hasMore: false };
  }

  async update(ref: DeltaSourceRef, progress: DeltaProgress, expectedRevision: number): Promise<number> {
    const json = JSON.stringify(progress);
    const { rowCount } =
      expectedRevision === 0
        ? await this.#run('update a source', this.#sql.createProgress, [...refValues(ref), json, progress.status])
        : await this.#run('update a source', this.#sql.setProgress, [
            deltaSourceKey(ref),
            json,
            progress.status,
            expectedRevision,
          ]);
    if (rowCount === 1) return expectedRevision + 1;
    const row = await this.#source(ref);
    const isThere = row !== undefined && row['progress'] !== null;
    throw conflict(ref, expectedRevision, isThere ? numberOf(row['revision']) : undefined);
  }

  async remove(ref: DeltaSourceRef): Promise<void> {
    const key = [deltaSourceKey(ref)];
    await this.#transaction('remove a source', async (_client, run) => {
      await run(this.#sql.emptySource, key);
      await run(this.#sql.emptyTables, key);
    });
  }

  async commit(lease: DeltaLease, commit: DeltaCommit, apply?: (tx: Client) => Promise<void> | void): Promise<number> {
    const values = commitValues(lease, commit);
    if (apply === undefined) {
      const row = (await this.#run('commit', this.#sql.commit, values)).rows[0];
      if (row !== undefined) return numberOf(row['revision']);
      throw this.#refusal(lease, commit, await this.#source(lease.ref));
    }
    return this.#transaction('commit', async (client, run) => {
      const row = (await run(this.#sql.lockSource, [deltaSourceKey(lease.ref)])).rows[0];
      const holder = row?.['is_in_time'] === 'true' ? row['holder'] : null;
      const isRight = holder === lease.holder && numberOf(row?.['token']) === lease.token;
      if (!isRight || numberOf(row?.['revision']) !== commit.expectedRevision) {
        throw this.#refusal(lease, commit, row === undefined ? undefined : { ...row, holder });
      }
      await apply(client);
      const written = (await run(this.#sql.commitLocked, values)).rows[0];
      if (written !== undefined) return numberOf(written['revision']);
      // Only a row that is no longer locked can have changed: `apply` ended the transaction.
      throw leaseLost(lease);
    });
  }

  async findSeen(ref: DeltaSourceRef, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#run('look up keys', this.#sql.findSeen, [deltaSourceKey(ref), keys]);
    return new Set(rows.map((row) => textOf(row['key'])));
  }

  async findRecords(ref: DeltaSourceRef, ids: readonly string[]): Promise<ReadonlyMap<string, DeltaRecordMark>> {
    const { rows } = await this.#run('look up records', this.#sql.findRecords, [deltaSourceKey(ref), ids]);
    return new Map(rows.map((row) => [textOf(row['id']), markOf(row)]));
  }

  async countRecords(ref: DeltaSourceRef, belowGeneration: number): Promise<ScanCounts> {
    const values = [deltaSourceKey(ref), belowGeneration];
    const row = (await this.#run('count records', this.#sql.countRecords, values)).rows[0];
    return { live: numberOf(row?.['live']), missing: numberOf(row?.['missing']) };
  }

  async listMissing(ref: DeltaSourceRef, belowGeneration: number, limit: number): Promise<readonly DeltaRecordMark[]> {
    const values = [deltaSourceKey(ref), belowGeneration, limit];
    return (await this.#run('list missing records', this.#sql.listMissing, values)).rows.map(markOf);
  }

  async receive(ref: DeltaSourceRef, events: readonly ReceivedEvent[]): Promise<readonly string[]> {
    const ids = events.map(({ id }) => id);
    const values = [...refValues(ref), ids, events.map((event) => JSON.stringify(event))];
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { rows } = await this.#run('receive events', this.#sql.receive, values);
      const source = rows[0]?.['source'];
      if (source === undefined) continue;
      const kept = rows.flatMap((row) => (row['id'] === null ? [] : [textOf(row['id'])]));
      if (kept.length === 0) return kept;
      const dropped = await this.#run('receive events', this.#sql.dropSeen, [source, kept]);
      const seen = new Set(dropped.rows.map((row) => textOf(row['id'])));
      return kept.filter((id) => !seen.has(id));
    }
    const message = `The source ${deltaSourceKey(ref)} could not be made in ${MAX_TRIES} tries`;
    throw new PostgresDeltaStoreError({ code: 'CONTENDED', message });
  }

  async listReceived(ref: DeltaSourceRef, limit: number): Promise<readonly ReceivedEvent[]> {
    const { rows } = await this.#run('list events', this.#sql.listReceived, [deltaSourceKey(ref), limit]);
    return rows.map((row): ReceivedEvent => JSON.parse(textOf(row['event'])));
  }

  async listOutbox(limit: number): Promise<readonly DeltaOutboxEntry[]> {
    const { rows } = await this.#run('list messages', this.#sql.listOutbox, [limit]);
    return rows.map((row) => ({
      id: textOf(row['id']),
      topic: textOf(row['topic']),
      payload: JSON.parse(textOf(row['payload'])),
    }));
  }

  async removeFromOutbox(ids: readonly string[]): Promise<void> {
    await this.#run('remove messages', this.#sql.removeFromOutbox, [ids]);
  }

  async prune({ tombstoneLifeMs, limit = 10_000 }: PruneOptions): Promise<Pruned> {
    const seen = await this.#run('prune keys', this.#sql.pruneSeen, [limit]);
    const tombstones = await this.#run('prune tombstones', this.#sql.pruneTombstones, [limit, tombstoneLifeMs]);
    return { seen: seen.rowCount ?? 0, tombstones: tombstones.rowCount ?? 0 };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#parts.end();
  }

  /** Why a commit was refused, by the source as it is. */
  #refusal(lease: DeltaLease, { expectedRevision }: DeltaCommit, row: Row | undefined): Error {
    const isHeld = row?.['holder'] === lease.holder && numberOf(row['token']) === lease.token;
    return isHeld ? conflict(lease.ref, expectedRevision, numberOf(row['revision'])) : leaseLost(lease);
  }

  async #source(ref: DeltaSourceRef): Promise<Row | undefined> {
    return (await this.#run('read a source', this.#sql.readSource, [deltaSourceKey(ref)])).rows[0];
  }

  async #run(what: string, text: string, values: unknown[]): Promise<PgResult> {
    this.#requireOpen();
    return this.#parts.connections.run(what, text, values);
  }

  async #transaction<Result>(
    what: string,
    work: (client: Client, run: (text: string, values: unknown[]) => Promise<PgResult>) => Promise<Result>,
  ): Promise<Result> {
    this.#requireOpen();
    const { connections } = this.#parts;
    return connections.transaction(what, (client) =>
      work(client, (text, values) => connections.query(client, what, text, values)),
    );
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new PostgresDeltaStoreError({ code: 'CLOSED', message: 'The delta store is closed' });
  }
}

function refValues(ref: DeltaSourceRef): unknown[] {
  return [deltaSourceKey(ref), ref.tenantId, ref.connectionId, ref.stream, ref.partition ?? null];
}

function heldValues(lease: DeltaLease): unknown[] {
  return [deltaSourceKey(lease.ref), lease.holder, lease.token];
}
