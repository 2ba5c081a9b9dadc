import { inspect } from 'node:util';
import { type DeltaProgress, type DeltaSourceRef, INITIAL_PROGRESS, syncSource } from '@mortise/provider-delta';
import { deltaStoreCases, type DeltaStoreSubject } from '@mortise/provider-delta/testing';
import { findCanary, formatReport, runConformance } from '@mortise/testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgresServer, type PostgresServer } from './__fixtures__/postgres-server.ts';
import { createPostgresDeltaStore } from './create-postgres-delta-store.ts';
import type { PostgresDeltaStore } from './postgres-delta-store.ts';

const REF: DeltaSourceRef = { tenantId: 'acme', connectionId: 'c1', stream: 'messages' };
const mark = (sourceId: string) => ({ sourceId, generation: 1 });

let server: PostgresServer;
let pool: pg.Pool;
let schemas = 0;
const newSchema = (): string => `delta "${(schemas += 1)}"`;

beforeAll(async () => {
  server = await startPostgresServer();
  pool = server.createPool({ max: 20 });
  pool.on('error', () => undefined);
  await pool.query('CREATE TABLE user_rows (store text, text text)');
}, 120_000);

afterAll(async () => {
  await pool.end();
  await server.stop();
});

const open = (schema = newSchema()): Promise<PostgresDeltaStore<pg.PoolClient>> =>
  createPostgresDeltaStore<pg.PoolClient>({ pool, schema });

async function take(store: PostgresDeltaStore<pg.PoolClient>, ttlMs = 60_000) {
  const answer = await store.acquire(REF, { holder: 'worker-1', ttlMs });
  if (!answer.isAcquired) throw new TypeError('expected the lease');
  return answer.lease;
}

const progressAt = (cursor: string): DeltaProgress => ({ ...INITIAL_PROGRESS, cursor: { cursor } });

async function subjectOf(): Promise<DeltaStoreSubject<pg.PoolClient>> {
  const schema = newSchema();
  const store = await open(schema);
  return {
    store,
    advance: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    write: async (tx, row) => void (await tx.query('INSERT INTO user_rows VALUES ($1, $2)', [schema, row])),
    rows: async () =>
      (await pool.query('SELECT text FROM user_rows WHERE store = $1', [schema])).rows.map(({ text }) => String(text)),
    reopen: () => open(schema),
    close: () => store.close(),
  };
}

describe('the store in PostgreSQL', () => {
  it('keeps the contract', async () => {
    const outcomes = await runConformance<DeltaStoreSubject>({
      cases: deltaStoreCases,
      createContext: async () => {
        const subject: DeltaStoreSubject = await subjectOf();
        return subject;
      },
      capabilities: ['transactional', 'shared'],
    });
    expect(formatReport(outcomes.filter(({ status }) => status !== 'passed'))).toBe(formatReport([]));
  });

  it('keeps it without prepared statements, for applications that parse numbers and instants their own way', async () => {
    const types: pg.CustomTypesConfig = {
      getTypeParser: (id: number) => (text: string) => (id === 25 ? text : [text]),
    };
    const strange = server.createPool({ types });
    const store = await createPostgresDeltaStore({ pool: strange, schema: newSchema(), prepare: false });
    const { lease } = { lease: undefined, ...(await store.acquire(REF, { holder: 'w', ttlMs: 60_000 })) };
    if (lease === undefined) throw new TypeError('expected the lease');
    expect(lease.token).toBe(1);
    expect(await store.commit(lease, { expectedRevision: 0, progress: progressAt('x'), seen: ['k'] })).toBe(1);
    expect(await store.load(REF)).toMatchObject({ revision: 1, lease: { expiresAt: lease.expiresAt } });
    expect(await store.findSeen(REF, ['k', 'l'])).toEqual(new Set(['k']));
    await store.close();
    await strange.end();
  });

  it('carries the whole loop, records in the same transaction', async () => {
    const store = await open();
    const source = {
      providerKey: 'email.example',
      pull: async () => ({
        changes: [{ providerKey: 'email.example', sourceId: 'm1', payload: 'hello', delta: {} }],
        nextCursor: { cursor: '7' },
      }),
    };
    const result = await syncSource({
      ref: REF,
      source,
      store,
      applyInTransaction: async ({ changes }, tx) => {
        for (const { payload } of changes) await tx.query("INSERT INTO user_rows VALUES ('loop', $1)", [payload]);
      },
    });
    expect(result).toMatchObject({ outcome: 'synced', applied: 1 });
    expect((await pool.query("SELECT text FROM user_rows WHERE store = 'loop'")).rows).toEqual([{ text: 'hello' }]);
    expect((await store.load(REF))?.progress).toMatchObject({ cursor: { cursor: '7' }, appliedCount: 1 });
  });

  it('writes one row for what one commit names twice, the last of it', async () => {
    const store = await open();
    const records = [mark('r'), { ...mark('r'), generation: 2 }];
    await store.commit(await take(store), {
      expectedRevision: 0,
      progress: progressAt('x'),
      records,
      seen: ['k', 'k'],
    });
    expect((await store.findRecords(REF, ['r'])).get('r')?.generation).toBe(2);
  });
});

describe('a lost connection', () => {
  it('leaves nothing half done, though rows of both were written already', async () => {
    const store = await open();
    const lease = await take(store);
    const commit = { expectedRevision: 0, progress: progressAt('x'), records: [mark('r')], seen: ['k'] };
    const committing = store.commit(lease, commit, async (tx) => {
      await tx.query("INSERT INTO user_rows VALUES ('killed', 'row')");
      const { rows } = await tx.query('SELECT pg_backend_pid() AS pid');
      await pool.query('SELECT pg_terminate_backend($1, 5000)', [Number(rows[0]?.pid)]);
    });
    await expect(committing).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect((await pool.query("SELECT 1 FROM user_rows WHERE store = 'killed'")).rows).toEqual([]);
    expect(await store.load(REF)).toMatchObject({ revision: 0, fencingToken: lease.token });
    expect((await store.findRecords(REF, ['r'])).size + (await store.findSeen(REF, ['k'])).size).toBe(0);
    expect(await store.commit(lease, commit)).toBe(1);
  });

  it('while a commit waits for its row loses that commit as a whole', async () => {
    const store = await open();
    const lease = await take(store);
    const holder = await pool.connect();
    const table = `"delta ""${schemas}""".sources`;
    await holder.query(`BEGIN; SELECT 1 FROM ${table} FOR UPDATE`);
    const committing = store.commit(lease, { expectedRevision: 0, progress: progressAt('x'), seen: ['k'] });
    const refused = committing.catch((error: unknown) => error);
    const kill = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND query LIKE '%WITH source AS%' AND pid <> pg_backend_pid()`;
    await expect.poll(async () => (await pool.query(kill)).rows.length).toBeGreaterThan(0);
    expect(await refused).toMatchObject({ code: 'UNAVAILABLE', sqlState: '57P01' });
    await holder.query('ROLLBACK');
    holder.release();
    expect((await store.findSeen(REF, ['k'])).size).toBe(0);
    expect((await store.load(REF))?.revision).toBe(0);
  });

  it('is one that never was, where nothing answers; and no secret is told', async () => {
    const connectionString = 'postgresql://app:canary-8472@127.0.0.1:1/shop';
    const error: unknown = await createPostgresDeltaStore({ connection: { connectionString } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(findCanary(error, 'canary-8472', { inspect })).toEqual([]);
  });

  it('is replaced in a pool of the store’s own', async () => {
    const { connectionString } = server;
    const store = await createPostgresDeltaStore({ connection: { connectionString, maxConnections: 1 } });
    await store.update(REF, INITIAL_PROGRESS, 0);
    await pool.query(
      'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE \'INSERT INTO "mortise_delta"%\'',
    );
    await expect
      .poll(() =>
        store
          .load(REF)
          .then((state) => state?.revision)
          .catch(() => 0),
      )
      .toBe(1);
    await store.close();
    await store.close();
    await expect(store.load(REF)).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('waiting', () => {
  it('judges a lease after the wait for its row, not before', async () => {
    const store = await open();
    const lease = await take(store, 300);
    const holder = await pool.connect();
    await holder.query(`BEGIN; SELECT 1 FROM "delta ""${schemas}""".sources FOR UPDATE`);
    let isApplied = false;
    const committing = store.commit(lease, { expectedRevision: 0, progress: progressAt('late') }, () => {
      isApplied = true;
    });
    const refused = committing.catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await holder.query('ROLLBACK');
    holder.release();
    expect(await refused).toMatchObject({ code: 'LEASE_LOST' });
    expect(isApplied).toBe(false);
  });

  it('is not needed to be refused a lease, however long its holder’s commit takes', async () => {
    const store = await open();
    const lease = await take(store);
    let refused: unknown;
    await store.commit(lease, { expectedRevision: 0, progress: progressAt('x') }, async () => {
      refused = await store.acquire(REF, { holder: 'worker-2', ttlMs: 1000 });
    });
    expect(refused).toMatchObject({ isAcquired: false, holder: 'worker-1' });
  });

  it('keeps others from a lease that runs out during a commit until the commit has ended', async () => {
    const store = await open();
    const lease = await take(store, 200);
    const order: string[] = [];
    let taking: Promise<unknown> = Promise.resolve();
    await store.commit(lease, { expectedRevision: 0, progress: progressAt('x') }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      taking = store.acquire(REF, { holder: 'worker-2', ttlMs: 1000 }).then((answer) => {
        order.push('taken');
        return answer;
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('applied');
    });
    expect(await taking).toMatchObject({ isAcquired: true, state: { revision: 1, fencingToken: 2 } });
    expect(order).toEqual(['applied', 'taken']);
  });

  it('for a connection ends, and says so', async () => {
    const small = server.createPool({ max: 1 });
    const store = await createPostgresDeltaStore({ pool: small, schema: newSchema(), timeoutMs: 200 });
    const client = await small.connect();
    await expect(store.load(REF)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    client.release();
    expect(await store.load(REF)).toBeUndefined();
    await small.end();
  });
});

describe('what the server refuses', () => {
  it('is CONTENDED after a deadlock, and REFUSED where another try would not help', async () => {
    const store = await open();
    const lease = await take(store);
    const table = `"delta ""${schemas}""".sources`;
    const commit = { expectedRevision: 0, progress: progressAt('x') };
    await pool.query('CREATE TABLE other (id int); INSERT INTO other VALUES (1)');
    const holder = await pool.connect();
    // The other one never gives up first: its own wait for a deadlock is longer.
    await holder.query(`SET deadlock_timeout = '30s'; BEGIN; UPDATE other SET id = 2`);
    const committing = store.commit(lease, commit, async (tx) => {
      void holder
        .query(`SELECT 1 FROM ${table} FOR UPDATE`)
        .then(() => holder.query('ROLLBACK; RESET deadlock_timeout'));
      await tx.query('UPDATE other SET id = 3');
    });
    // It was the user's statement: what `pg` threw is thrown on.
    await expect(committing).rejects.toMatchObject({ code: '40P01' });
    await expect.poll(() => store.commit(lease, commit)).toBe(1);
    holder.release();
    const tooLong = { expectedRevision: 1, progress: progressAt('y'), seen: ['x\0'] };
    await expect(store.commit(lease, tooLong)).rejects.toMatchObject({ code: 'REFUSED', retryable: false });
  });

  it('fails a commit whose `apply` hid that a statement failed', async () => {
    const store = await open();
    const committing = store.commit(
      await take(store),
      { expectedRevision: 0, progress: progressAt('x') },
      async (tx) => {
        await tx.query('SELECT 1 / 0').catch(() => undefined);
      },
    );
    await expect(committing).rejects.toMatchObject({ code: 'REFUSED', sqlState: '25P02' });
    expect((await store.load(REF))?.revision).toBe(0);
  });
});
