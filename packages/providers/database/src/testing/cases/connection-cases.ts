import { countRows, type DatabaseConformanceCase, withProvider, withTable } from '../context.ts';
import { expectRejection, expectSame, expectWithin, fail } from '../expectations.ts';
import type { DatabaseProvider } from '../../database-provider.ts';

/** Waits until a condition holds, asking again every few milliseconds. */
async function waitUntil(holds: () => Promise<boolean>, ms: number, what: string): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) fail(`${what}: not within ${ms} ms`);
    await new Promise<void>((resolve) => void setTimeout(resolve, 10));
  }
}

/** A statement that sleeps and can be recognised by its text among those that the server is running. */
function sleepingStatement(): { statement: string; isRunning(database: DatabaseProvider): Promise<boolean> } {
  const mark = crypto.randomUUID();
  return {
    statement: `select pg_sleep(30) /* ${mark} */`,
    async isRunning(database) {
      const text = `select pid from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1`;
      return (await database.query(text, [`%${mark}%`])).rows.length > 0;
    },
  };
}

export const connectionCases: readonly DatabaseConformanceCase[] = [
  {
    id: 'database.6',
    title: 'frees the server within a second when a sleeping statement is aborted',
    requires: 'cancel',
    async run({ database }) {
      for (const onAbort of ['cancel', 'kill'] as const) {
        const sleeping = sleepingStatement();
        const controller = new AbortController();
        const call = database.query(sleeping.statement, [], { signal: controller.signal, onAbort });
        const rejected = expectRejection(call, 'aborted', `a statement that is aborted with ${onAbort}`);
        await waitUntil(() => sleeping.isRunning(database), 5_000, 'the statement is seen running');
        controller.abort();
        await rejected;
        await waitUntil(
          async () => !(await sleeping.isRunning(database)),
          1_000,
          `the server is free after ${onAbort}`,
        );
      }
    },
  },
  {
    id: 'X1',
    title: 'sends nothing when the signal was aborted beforehand',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        const signal = AbortSignal.abort();
        const statement = `insert into ${table} values (1)`;
        await expectRejection(database.query(statement, [], { signal }), 'aborted', 'query');
        await expectRejection(database.execute(statement, [], { signal }), 'aborted', 'execute');
        const transaction = database.transaction(async (tx) => tx.execute(statement), { signal });
        await expectRejection(transaction, 'aborted', 'transaction');
        expectSame(await countRows(database, table), 0, 'rows');
      });
    },
  },
  {
    id: 'X2',
    title: 'rejects within 100 ms of an abort, and goes on working with the same connection or another',
    requires: 'cancel',
    async run(context) {
      await withProvider(context, { maxConnections: 1 }, async (database) => {
        for (const onAbort of ['cancel', 'kill'] as const) {
          const controller = new AbortController();
          const call = database.query('select pg_sleep(30)', [], { signal: controller.signal, onAbort });
          const rejected = expectRejection(call, 'aborted', 'an aborted statement');
          setTimeout(() => controller.abort(), 50);
          await new Promise<void>((resolve) =>
            controller.signal.addEventListener('abort', () => resolve(), { once: true }),
          );
          await expectWithin(rejected, 100, 'the rejection');
          const { rows } = await expectWithin(database.query('select 1::int4 as one'), 5_000, 'the next statement');
          expectSame(rows, [{ one: 1 }], 'its row');
        }
      });
    },
  },
  {
    id: 'X3',
    title: 'ends a statement that takes longer than timeoutMs with code timeout, within 10 % of the time',
    requires: 'cancel',
    async run({ database }) {
      const startedAt = performance.now();
      await expectRejection(
        database.query('select pg_sleep(30)', [], { timeoutMs: 1_000 }),
        'timeout',
        'a slow statement',
      );
      const tookMs = performance.now() - startedAt;
      if (tookMs < 990 || tookMs > 1_100) fail(`expected an end after 1000 ms, got ${Math.round(tookMs)} ms`);
      const transaction = database.transaction(async (tx) => tx.query('select pg_sleep(30)'), { timeoutMs: 200 });
      await expectRejection(expectWithin(transaction, 1_000, 'the end'), 'timeout', 'a slow transaction');
    },
  },
  {
    id: 'database.12',
    title: 'waits for a free connection, then gives up with code pool_exhausted',
    async run(context) {
      await withProvider(context, { maxConnections: 1, acquireTimeoutMs: 200 }, async (database) => {
        let finish: () => void = () => undefined;
        const finished = new Promise<void>((resolve) => (finish = resolve));
        let begin: () => void = () => undefined;
        const begun = new Promise<void>((resolve) => (begin = resolve));
        const holder = database.transaction(async (tx) => {
          await tx.query('select 1');
          begin();
          await finished;
        });
        await begun;
        try {
          const error = await expectRejection(
            database.query('select 1'),
            'pool_exhausted',
            'a call without a free connection',
          );
          if (!error.retryable) fail('pool_exhausted must be retryable: nothing was sent');
          const waiting = database.query('select 2::int4 as two');
          finish();
          expectSame((await waiting).rows, [{ two: 2 }], 'a call that found a free connection in time');
        } finally {
          finish();
          await holder;
        }
      });
    },
  },
  {
    id: 'database.14',
    title: 'never lets one session see the settings of another',
    requires: 'sessions',
    async run(context) {
      await withProvider(context, { maxConnections: 2 }, async (database) => {
        const read = async (on: DatabaseProvider) => {
          const { rows } = await on.query(`select current_setting('mortise.tenant', true) as tenant`);
          return rows[0]?.['tenant'] ?? '';
        };
        const visit = (tenant: string) =>
          database.withSession(
            async (session) => {
              const seen = [await read(session)];
              await session.transaction(async (tx) => seen.push(await read(tx)));
              seen.push(await read(session));
              expectSame(seen, [tenant, tenant, tenant], 'the tenant that a session sees');
            },
            { settings: { 'mortise.tenant': tenant } },
          );
        await Promise.all(['acme', 'globex', 'initech', 'umbrella'].map(visit));
        const failing = database.withSession(
          async (session) => {
            await session.execute(`set mortise.tenant = 'left behind'`);
            return session.query('select * from mortise_no_such_table');
          },
          { settings: { 'mortise.tenant': 'acme' } },
        );
        await expectRejection(failing, 'undefined_object', 'a session whose callback fails');
        for (let n = 0; n < 4; n += 1) expectSame(await read(database), '', 'the tenant outside of all sessions');
        await database.withSession(async (session) =>
          expectSame(await read(session), '', 'the tenant of a session without settings'),
        );
      });
    },
  },
  {
    id: 'X15',
    title: 'does not mix up the results of 50 calls at once',
    async run({ database }) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          database.query('select $1::int4 as n, $2::text as label', [n, `label ${n}`]),
        ),
      );
      for (const [n, { rows }] of answers.entries()) expectSame(rows, [{ n, label: `label ${n}` }], `answer ${n}`);
    },
  },
  {
    id: 'X16',
    title: 'can be closed twice, waits for running calls, and refuses calls afterwards',
    async run(context) {
      const database = context.createProvider();
      const running = database.query('select 1::int4 as one');
      await Promise.all([database.close(), running]);
      await database.close();
      expectSame((await running).rows, [{ one: 1 }], 'the call that was running');
      await expectRejection(database.query('select 1'), 'closed', 'query after close');
      await expectRejection(
        database.transaction(async () => undefined),
        'closed',
        'transaction after close',
      );
    },
  },
];
