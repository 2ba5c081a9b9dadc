import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgresServer, type PostgresServer } from './__fixtures__/postgres-server.ts';
import { createPostgresDeltaStore } from './create-postgres-delta-store.ts';

let server: PostgresServer;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgresServer();
  pool = server.createPool({ max: 20 });
  pool.on('error', () => undefined);
}, 120_000);

afterAll(async () => {
  await pool.end();
  await server.stop();
});

const versions = async (schema: string): Promise<unknown> =>
  (await pool.query(`SELECT version FROM ${schema}.migrations ORDER BY version`)).rows.map(({ version }) => version);

describe('migrations', () => {
  it('run once, however many stores begin at the same time', async () => {
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => createPostgresDeltaStore({ pool, schema: 'at_once' })),
    );
    expect(await versions('at_once')).toEqual([1]);
    const ref = { tenantId: 't', connectionId: 'c', stream: 's' };
    const answers = await Promise.all(
      stores.map((store, index) => store.acquire(ref, { holder: `w${index}`, ttlMs: 60_000 })),
    );
    expect(answers.filter(({ isAcquired }) => isAcquired)).toHaveLength(1);
  });

  it('are refused where a newer version of the package made the tables', async () => {
    await createPostgresDeltaStore({ pool, schema: 'newer' });
    await pool.query('INSERT INTO newer.migrations (version) VALUES (99)');
    const opening = createPostgresDeltaStore({ pool, schema: 'newer' });
    await expect(opening).rejects.toMatchObject({ code: 'INCOMPATIBLE', message: expect.stringContaining('99') });
  });

  it('are left to others where that is asked for', async () => {
    const options = { pool, schema: 'by_others', migrate: false };
    await expect(createPostgresDeltaStore(options)).rejects.toMatchObject({ code: 'INCOMPATIBLE' });
    await createPostgresDeltaStore({ pool, schema: 'by_others' });
    await expect(createPostgresDeltaStore(options)).resolves.toBeDefined();
  });

  it('leave nothing behind that was begun and failed', async () => {
    await pool.query('CREATE SCHEMA broken; CREATE TABLE broken.outbox (mine int)');
    await expect(createPostgresDeltaStore({ pool, schema: 'broken' })).rejects.toMatchObject({
      code: 'REFUSED',
      sqlState: '42P07',
    });
    const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'broken'");
    expect(rows).toEqual([{ tablename: 'outbox' }]);
  });

  it('need no right to make anything once they have run', async () => {
    await createPostgresDeltaStore({ pool, schema: 'given' });
    await pool.query(`CREATE ROLE worker LOGIN PASSWORD 'worker'; GRANT USAGE ON SCHEMA given TO worker;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA given TO worker`);
    const connectionString = `postgresql://worker:worker@127.0.0.1:${server.port}/postgres`;
    const store = await createPostgresDeltaStore({ connection: { connectionString }, schema: 'given' });
    expect(await store.list()).toEqual({ items: [], hasMore: false });
    await store.close();
  });
});

describe('options', () => {
  it.each(['', 'pg_mine', 'x'.repeat(64), 'a\0b'])('refuse the schema %j', async (schema) => {
    await expect(createPostgresDeltaStore({ pool, schema })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  it.each([0, -1, Number.NaN, 1.5])('refuse %d milliseconds', async (timeoutMs) => {
    await expect(createPostgresDeltaStore({ pool, timeoutMs })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});
