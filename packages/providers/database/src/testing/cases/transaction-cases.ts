import { countRows, type DatabaseConformanceCase, withTable } from '../context.ts';
import { expectRejection, expectSame, expectWithin, fail } from '../expectations.ts';
import type { DatabaseProvider } from '../../database-provider.ts';

class Deliberate extends TypeError {}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => fail('expected the error of the callback, but the transaction succeeded'),
    (error: unknown) => error,
  );
}

export const transactionCases: readonly DatabaseConformanceCase[] = [
  {
    id: 'database.5a',
    title: 'commits what a callback did when it resolves, and rolls it back when it throws',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        const value = await database.transaction(async (tx) => {
          await tx.execute(`insert into ${table} values (1)`);
          return 'done';
        });
        expectSame([value, await countRows(database, table)], ['done', 1], 'result and rows after a commit');
        const error = new Deliberate('on purpose');
        const failure = await failureOf(
          database.transaction(async (tx) => {
            await tx.execute(`insert into ${table} values (2)`);
            throw error;
          }),
        );
        if (failure !== error) fail('the error of the callback must come out unchanged');
        expectSame(await countRows(database, table), 1, 'rows after a rollback');
      });
    },
  },
  {
    id: 'database.5b',
    title: 'rolls a nested transaction back to its savepoint only',
    requires: 'savepoints',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        await database.transaction(async (tx) => {
          await tx.execute(`insert into ${table} values (1)`);
          await tx.transaction(async (inner) => inner.execute(`insert into ${table} values (2)`));
          await failureOf(
            tx.transaction(async (inner) => {
              await inner.execute(`insert into ${table} values (3)`);
              await inner.query('select * from mortise_no_such_table');
            }),
          );
          await tx.execute(`insert into ${table} values (4)`);
        });
        const { rows } = await database.query(`select id from ${table} order by id`);
        expectSame(
          rows,
          [{ id: 1 }, { id: 2 }, { id: 4 }],
          'rows of the outer and of the successful inner transaction',
        );
      });
    },
  },
  {
    id: 'database.5c',
    title: 'keeps the original error when the rollback fails',
    requires: 'breakConnection',
    async run(context) {
      const { database } = context;
      const error = new Deliberate('on purpose');
      const failure = await failureOf(
        database.transaction(async (tx) => {
          await tx.query('select 1');
          await context.breakConnection?.(tx);
          throw error;
        }),
      );
      if (failure !== error) fail(`expected the error of the callback, got ${String(failure)}`);
      const { rows } = await database.query('select 1::int4 as one');
      expectSame(rows, [{ one: 1 }], 'the next call');
    },
  },
  {
    id: 'database.5d',
    title: 'does not report success when a failed statement was swallowed and the commit became a rollback',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        const transaction = database.transaction(async (tx) => {
          await tx.execute(`insert into ${table} values (1)`);
          await tx.query('select * from mortise_no_such_table').catch(() => undefined);
        });
        await expectRejection(transaction, 'transaction_failed', 'a transaction with a swallowed error');
        expectSame(await countRows(database, table), 0, 'rows');
      });
    },
  },
  {
    id: 'database.8',
    title: 'starts one of two conflicting serialisable transactions again, and applies both once',
    requires: 'concurrent',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4, amount int4', async (table) => {
        await database.execute(`insert into ${table} values (1, 0)`);
        let starts = 0;
        let arrived = 0;
        let open: () => void = () => undefined;
        const bothHaveRead = new Promise<void>((resolve) => (open = resolve));
        const add = () =>
          database.transaction(
            async (tx) => {
              starts += 1;
              const { rows } = await tx.query(`select amount from ${table} where id = 1`);
              arrived += 1;
              if (arrived === 2) open();
              await bothHaveRead;
              await tx.execute(`update ${table} set amount = $1 where id = 1`, [Number(rows[0]?.['amount']) + 1]);
            },
            { isolation: 'serializable', retries: 5 },
          );
        await expectWithin(Promise.all([add(), add()]), 20_000, 'two conflicting transactions');
        const { rows } = await database.query(`select amount from ${table}`);
        expectSame(rows, [{ amount: 2 }], 'the sum');
        expectSame(starts, 3, 'starts of the callback');
      });
    },
  },
  {
    id: 'database.9',
    title: 'refuses writes in a read-only transaction',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        const transaction = database.transaction(async (tx) => tx.execute(`insert into ${table} values (1)`), {
          readOnly: true,
        });
        await expectRejection(transaction, 'read_only_transaction', 'an insert in a read-only transaction');
        expectSame(await countRows(database, table), 0, 'rows');
      });
    },
  },
  {
    id: 'database.10',
    title: 'runs concurrent statements of one transaction one after another, or refuses them',
    async run({ database }) {
      await database.transaction(async (tx) => {
        const answers = await Promise.allSettled(
          Array.from({ length: 10 }, (_, n) => tx.query('select $1::int4 as n', [n])),
        );
        for (const [n, answer] of answers.entries()) {
          if (answer.status === 'fulfilled') expectSame(answer.value.rows, [{ n }], `answer to statement ${n}`);
        }
        if (!answers.some(({ status }) => status === 'fulfilled'))
          fail('none of ten concurrent statements was answered');
      });
    },
  },
  {
    id: 'database.11',
    title: 'refuses the use of a handle after its end',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        const kept: DatabaseProvider[] = [];
        await database.transaction(async (tx) => void kept.push(tx));
        await database
          .transaction(async (tx) => {
            kept.push(tx);
            throw new Deliberate('on purpose');
          })
          .catch(() => undefined);
        for (const handle of kept) {
          await expectRejection(
            handle.execute(`insert into ${table} values (1)`),
            'closed',
            'a statement on an ended handle',
          );
          await expectRejection(
            handle.transaction(async () => undefined),
            'closed',
            'a transaction on an ended handle',
          );
        }
        expectSame(await countRows(database, table), 0, 'rows');
      });
    },
  },
];
