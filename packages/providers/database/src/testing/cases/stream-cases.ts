import { type DatabaseConformanceCase, withProvider, withTable } from '../context.ts';
import { expectRejection, expectSame, expectWithin, fail } from '../expectations.ts';

/** Growth of memory that reading any number of small rows may cause. */
const MEMORY_BOUND_BYTES = 32 * 1_048_576;

const MILLION = 1_000_000;

export const streamCases: readonly DatabaseConformanceCase[] = [
  {
    id: 'database.7a',
    title: 'asks the server for no more rows than are read, chunk by chunk',
    requires: 'streaming',
    async run({ database }) {
      const sequence = `mortise_check_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`;
      await database.execute(`create sequence ${sequence}`);
      try {
        let seen = 0;
        for await (const row of database.stream(`select nextval('${sequence}') from generate_series(1, 10000)`, [], {
          chunkSize: 100,
        })) {
          seen += Object.keys(row).length;
          if (seen === 150) break;
        }
        const { rows } = await database.query(`select last_value::int4 as computed from ${sequence}`);
        const computed = Number(rows[0]?.['computed']);
        if (computed < 150 || computed > 500) fail(`expected about 200 of 10000 rows to be computed, got ${computed}`);
      } finally {
        await database.execute(`drop sequence ${sequence}`);
      }
    },
  },
  {
    id: 'database.7b',
    title: 'streams a million rows in bounded memory',
    requires: 'streaming',
    async run(context) {
      const { database, streamedRows = MILLION } = context;
      const before = context.measureMemory?.() ?? 0;
      let count = 0;
      let sum = 0;
      let most = 0;
      const statement = `select n::int4 as n, repeat('x', 20) as padding from generate_series(1, $1) n`;
      for await (const { n } of database.stream(statement, [streamedRows], { chunkSize: 1_000 })) {
        count += 1;
        sum += Number(n);
        if (count % (streamedRows / 10) === 0) most = Math.max(most, (context.measureMemory?.() ?? 0) - before);
      }
      expectSame([count, sum], [streamedRows, (streamedRows * (streamedRows + 1)) / 2], 'count and sum of the rows');
      if (most > MEMORY_BOUND_BYTES)
        fail(`expected memory to grow by at most ${MEMORY_BOUND_BYTES} bytes, got ${most}`);
    },
  },
  {
    id: 'database.7c',
    title: 'gives the connection back when a stream is left early, fails, or is aborted',
    requires: 'streaming',
    async run(context) {
      await withProvider(context, { maxConnections: 1, acquireTimeoutMs: 5_000 }, async (database) => {
        for await (const row of database.stream('select generate_series(1, 100000) as n')) {
          expectSame(row, { n: 1 }, 'the first row');
          break;
        }
        await expectRejection(
          readAll(database.stream('select 1 / (3 - n) from generate_series(1, 9) n')),
          'invalid_request',
          'a failing stream',
        );
        await expectRejection(
          readAll(database.stream('select * from mortise_no_such_table')),
          'undefined_object',
          'a stream of nothing',
        );
        const controller = new AbortController();
        const options = { signal: controller.signal, chunkSize: 1 };
        const stream = database.stream('select generate_series(1, 100000)', [], options);
        const iterator = stream[Symbol.asyncIterator]();
        await iterator.next();
        controller.abort();
        const { rows } = await expectWithin(
          database.query('select 1::int4 as one'),
          5_000,
          'a statement after an aborted stream',
        );
        expectSame(rows, [{ one: 1 }], 'its row');
        await expectRejection(iterator.next(), 'aborted', 'the next row of an aborted stream');
      });
    },
  },
  {
    id: 'database.7d',
    title: 'lets statements run between the rows of a stream on the same transaction',
    requires: 'streaming',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4', async (table) => {
        await database.execute(`insert into ${table} select generate_series(1, 5)`);
        await database.transaction(async (tx) => {
          for await (const { id } of tx.stream(`select id from ${table} order by id`, [], { chunkSize: 2 })) {
            await tx.execute(`update ${table} set id = id + 10 where id = $1`, [Number(id)]);
          }
        });
        const { rows } = await database.query(`select min(id)::int4 as least, max(id)::int4 as most from ${table}`);
        expectSame(rows, [{ least: 11, most: 15 }], 'the ids afterwards');
      });
    },
  },
  {
    id: 'X4',
    title: 'can be iterated once; a second iteration throws instead of hanging',
    async run({ database }) {
      const stream = database.stream('select generate_series(1, 3)::int4 as n');
      expectSame(await readAll(stream), [{ n: 1 }, { n: 2 }, { n: 3 }], 'the rows');
      await expectRejection(readAll(stream), 'invalid_request', 'a second iteration');
    },
  },
];

async function readAll<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
