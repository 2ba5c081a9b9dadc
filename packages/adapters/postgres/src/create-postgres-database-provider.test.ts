import type { DatabaseProvider } from '@mortise/provider-database';
import { findCanary } from '@mortise/testing';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPostgresServer, type PostgresServer } from './__fixtures__/postgres-server.ts';
import {
  createPostgresDatabaseProvider,
  type PostgresDatabaseProviderOptions,
} from './create-postgres-database-provider.ts';

let server: PostgresServer;
const open: DatabaseProvider[] = [];

beforeAll(async () => {
  server = await startPostgresServer();
}, 120_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()));
});

afterAll(() => server.stop());

function connect(options: Partial<PostgresDatabaseProviderOptions> = {}, pool: pg.PoolConfig = {}) {
  const database = createPostgresDatabaseProvider({ client: server.createPool(pool), ...options });
  open.push(database);
  return database;
}

async function pidOf(database: DatabaseProvider): Promise<unknown> {
  return (await database.query('select pg_backend_pid() as pid')).rows[0]?.['pid'];
}

describe('a lost connection', () => {
  it('leaves the outcome of a statement unknown, and its connection unused from then on', async () => {
    const database = connect({}, { max: 2 });
    const mark = 'lost in flight';
    const call = database.query(`select pg_sleep(30) /* ${mark} */`);
    const failed = call.then(
      () => undefined,
      (error: unknown) => error,
    );
    await expect
      .poll(
        async () =>
          (
            await database.query(
              `select pg_terminate_backend(pid) from pg_stat_activity where query like $1 and pid <> pg_backend_pid()`,
              [`%${mark}%`],
            )
          ).rows.length,
      )
      .toBeGreaterThan(0);
    // The server said that it ended the statement, so here it is certain that nothing took effect.
    expect(await failed).toMatchObject({ code: 'unavailable', sqlState: '57P01', retryable: false });
    expect((await database.query('select 1::int4 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('is outcome_unknown when the server says nothing at all', async () => {
    const pool = server.createPool({ max: 1 });
    const database = createPostgresDatabaseProvider({ client: pool });
    open.push(database);
    pool.on('acquire', (client) =>
      setTimeout(() => Reflect.get(Reflect.get(client, 'connection'), 'stream').destroy(), 100),
    );
    await expect(database.query('select pg_sleep(30)')).rejects.toMatchObject({
      code: 'outcome_unknown',
      retryable: false,
    });
  });

  it('undoes a transaction, which is certain and said', async () => {
    const database = connect({}, { max: 2 });
    const transaction = database.transaction(async (tx) => {
      const pid = await pidOf(tx);
      await database.query('select pg_terminate_backend($1, 5000)', [Number(pid)]);
      await tx.query('select 1');
    });
    await expect(transaction).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a server that cannot be reached', () => {
  it('is unavailable and worth another try when it refuses', async () => {
    const client = server.createPool({ connectionString: 'postgresql://u:p@127.0.0.1:1/db' });
    const database = connect({ client });
    await expect(database.query('select 1')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      message: 'unavailable: no connection to the database could be made (ECONNREFUSED)',
    });
  });

  it('is unavailable, not an exhausted pool, when it accepts and then says nothing', async () => {
    const sockets: { destroy(): void }[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const client = server.createPool({ connectionString: `postgresql://u:p@127.0.0.1:${port}/db` });
    const database = createPostgresDatabaseProvider({ client, acquireTimeoutMs: 150, endPoolOnClose: false });
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    await client.end();
  });

  it('names a wrong password, a missing database and nothing that is secret', async () => {
    const wrong = connect({
      client: server.createPool({ connectionString: server.connectionString.replace('@', 'x@') }),
    });
    const error: unknown = await wrong.query('select 1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unauthenticated', sqlState: '28P01', retryable: false });
    expect(findCanary(error, server.password, { inspect })).toEqual([]);
    const missing = connect({
      client: server.createPool({ connectionString: server.connectionString.replace(/postgres$/, 'nowhere') }),
    });
    await expect(missing.query('select 1')).rejects.toMatchObject({ code: 'undefined_object', retryable: false });
  });
});

describe('an aborted statement', () => {
  it('goes on to its end on the server when it is to be ignored', async () => {
    const database = connect({}, { max: 1 });
    await database.execute('create table kept (id int4)');
    const signal = AbortSignal.timeout(50);
    const call = database.query('with slow as (select pg_sleep(0.3)) insert into kept select 1 from slow', [], {
      signal,
      onAbort: 'ignore',
    });
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect((await database.query('select id from kept')).rows).toEqual([{ id: 1 }]);
  });

  it('keeps its connection when it is cancelled, and loses it when it is killed', async () => {
    const database = connect({}, { max: 1 });
    const before = await pidOf(database);
    await expect(database.query('select pg_sleep(30)', [], { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
    });
    expect(await pidOf(database)).toBe(before);
    await expect(database.query('select pg_sleep(30)', [], { timeoutMs: 50, onAbort: 'kill' })).rejects.toMatchObject({
      code: 'timeout',
    });
    expect(await pidOf(database)).not.toBe(before);
  });

  it('fails its transaction, which is rolled back as a whole', async () => {
    const database = connect({}, { max: 1 });
    await database.execute('create table halves (id int4)');
    const transaction = database.transaction(async (tx) => {
      await tx.execute('insert into halves values (1)');
      await tx.query('select pg_sleep(30)', [], { timeoutMs: 50 }).catch(() => undefined);
      await tx.execute('insert into halves values (2)');
    });
    await expect(transaction).rejects.toMatchObject({ code: 'transaction_failed' });
    expect((await database.query('select id from halves')).rows).toEqual([]);
  });

  it('costs a savepoint only, when it ran in one', async () => {
    const database = connect({}, { max: 1 });
    const rows = await database.transaction(async (tx) => {
      await tx
        .transaction(async (inner) => inner.query('select pg_sleep(30)', [], { timeoutMs: 50 }))
        .catch(() => undefined);
      return (await tx.query('select 1::int4 as one')).rows;
    });
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('is cancelled although the pool has no other connection left', async () => {
    const database = connect({}, { max: 1 });
    await expect(database.query('select pg_sleep(30)', [], { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
    });
    expect((await database.query('select 1::int4 as one', [], { timeoutMs: 2_000 })).rows).toEqual([{ one: 1 }]);
  });
});

describe('a transaction', () => {
  it('refuses statements on the outer handle while a nested one is open', async () => {
    const database = connect();
    await database.transaction(async (tx) => {
      await tx.transaction(async () => {
        await expect(tx.query('select 1')).rejects.toMatchObject({ code: 'precondition_failed' });
      });
      expect((await tx.query('select 1::int4 as one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it.each([['begin'], ['  /* x */ COMMIT'], ['rollback'], ['start transaction'], ['end'], ['abort']])(
    'cannot be begun or ended by the statement %j',
    async (statement) => {
      const database = connect();
      await expect(database.execute(statement)).rejects.toMatchObject({ code: 'invalid_request' });
      await expect(database.transaction(async (tx) => tx.query(statement))).rejects.toMatchObject({
        code: 'invalid_request',
      });
    },
  );

  it('lets a script bring its own', async () => {
    const database = connect();
    await database.execute('begin; create table scripted (id int4); insert into scripted values (1); commit');
    expect((await database.query('select id from scripted')).rows).toEqual([{ id: 1 }]);
  });

  it('reports a constraint that is checked only at the commit', async () => {
    const database = connect();
    await database.execute('create table late (id int4 constraint late_unique unique deferrable initially deferred)');
    const transaction = database.transaction(async (tx) => tx.execute('insert into late values (1), (1)'));
    await expect(transaction).rejects.toMatchObject({ code: 'unique_violation', constraint: 'late_unique' });
  });

  it('is started again as often as it was told to, then fails with the conflict', async () => {
    const database = connect();
    let starts = 0;
    const conflict = database.transaction(
      async (tx) => {
        starts += 1;
        await tx.execute(`do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`);
      },
      { retries: 2 },
    );
    await expect(conflict).rejects.toMatchObject({ code: 'serialization_failure', retryable: true });
    expect(starts).toBe(3);
  });

  it.each([
    ['isolation', 'serializable'],
    ['readOnly', true],
    ['retries', 1],
  ])('refuses %s on a nested one', async (field, value) => {
    const database = connect();
    const nested = database.transaction(async (tx) => tx.transaction(async () => 1, { [field]: value }));
    await expect(nested).rejects.toMatchObject({ code: 'unsupported', field });
  });
});

describe('statements', () => {
  it('are kept prepared under their name', async () => {
    const database = connect({}, { max: 1 });
    await database.query('select $1::int4 + 1 as n', [1], { name: 'add one' });
    const { rows } = await database.query(`select name from pg_prepared_statements`);
    expect(rows).toContainEqual({ name: 'add one' });
  });

  it('give rows as arrays where two columns have one name', async () => {
    const { rows } = await connect().query('select 1::int4 as a, 2::int4 as a', [], { rowMode: 'array' });
    expect(rows).toEqual([[1, 2]]);
  });

  it('report notices and columns', async () => {
    const database = connect();
    const { notices } = await database.query(`do $$ begin raise warning 'look out'; end $$`);
    expect(notices).toEqual([{ severity: 'WARNING', message: 'look out', sqlState: '01000' }]);
    expect((await database.query('select 1::int8 as a')).fields).toEqual([{ name: 'a', typeId: 20, typeName: 'int8' }]);
  });

  it('count positions from the start of what the caller wrote, streams included', async () => {
    const database = connect();
    await expect(database.query('select nope')).rejects.toMatchObject({ position: 8 });
    const first = database.stream('select nope')[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ position: 8 });
  });

  it('that write cannot be streamed, and say so', async () => {
    const first = connect().stream('insert into t values (1) returning id')[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: 'unsupported', field: 'statement' });
  });

  it('come alone in query, and may be a script in execute', async () => {
    await expect(connect().query('select 1; select 2')).rejects.toMatchObject({ code: 'syntax_error' });
  });

  it('follow the type policy that the provider was made with', async () => {
    const database = connect({ types: { int8: 'number', numeric: 'number' } });
    expect((await database.query('select 1::int8 as a, 1.5::numeric as b')).rows).toEqual([{ a: 1, b: 1.5 }]);
  });

  it('give the same instants and days in every time zone of the session', async () => {
    const database = connect();
    for (const timezone of ['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Asia/Kathmandu']) {
      const { rows } = await database.withSession(
        (session) =>
          session.query(`select $1::timestamptz as instant, '2026-03-29'::date as day`, [
            new Date('2026-03-29T01:30:00Z'),
          ]),
        { settings: { timezone } },
      );
      expect(rows).toEqual([{ instant: new Date('2026-03-29T01:30:00Z'), day: '2026-03-29' }]);
    }
  });
});

describe('behind a pooler in transaction mode', () => {
  it('keeps settings to one transaction, prepares nothing, and says so', async () => {
    const database = connect({ poolMode: 'transaction' }, { max: 1 });
    expect(database.capabilities).toMatchObject({ prepared: false, sessions: true });
    const seen = await database.withSession(
      async (session) => (await session.query(`select current_setting('app.tenant') as tenant`)).rows,
      { settings: { 'app.tenant': 'acme' } },
    );
    expect(seen).toEqual([{ tenant: 'acme' }]);
    const after = await database.query(`select current_setting('app.tenant', true) as tenant`, [], { name: 'after' });
    expect(after.rows).toEqual([{ tenant: '' }]);
    expect(after.warnings).toEqual([expect.objectContaining({ type: 'unsupported', field: 'name' })]);
    expect((await database.query('select name from pg_prepared_statements')).rows).toEqual([]);
  });

  it('ends an aborted statement by closing its connection', async () => {
    const database = connect({ poolMode: 'transaction' }, { max: 1 });
    const before = await pidOf(database);
    await expect(database.query('select pg_sleep(1)', [], { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
    });
    expect(await pidOf(database)).not.toBe(before);
  });
});

it('finds the backend of a connection by asking, behind a pooler in session mode', async () => {
  const database = connect({ poolMode: 'session' }, { max: 1 });
  const before = await pidOf(database);
  await expect(database.query('select pg_sleep(30)', [], { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
  expect(await pidOf(database)).toBe(before);
});

it('leaves a shared pool open when it is told to', async () => {
  const client = server.createPool();
  const database = createPostgresDatabaseProvider({ client, endPoolOnClose: false });
  await database.query('select 1');
  await database.close();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
});

it('leaves no connection behind after it was closed', async () => {
  const database = createPostgresDatabaseProvider({ client: server.createPool({ application_name: 'leak check' }) });
  await Promise.all(Array.from({ length: 20 }, () => database.query('select pg_sleep(0.01)')));
  await database.query('select pg_sleep(30)', [], { timeoutMs: 30 }).catch(() => undefined);
  await database.close();
  const observer = connect();
  const count = async () =>
    (await observer.query(`select 1 from pg_stat_activity where application_name = 'leak check'`)).rows.length;
  await expect.poll(count, { timeout: 2_000 }).toBe(0);
});
