import { assertNoCanary } from '@mortise/testing';
import type { DatabaseRunResult } from '../../model/query-result.ts';
import type { DatabaseErrorCode } from '../../errors/database-error.ts';
import { type DatabaseConformanceCase, withTable } from '../context.ts';
import { expectRejection, expectSame, fail } from '../expectations.ts';

export const resultCases: readonly DatabaseConformanceCase[] = [
  {
    id: 'database.4',
    title: 'counts the rows that an insert, an update, a delete and a returning statement affect',
    async run(context) {
      const { database } = context;
      await withTable(context, 'id int4 primary key, label text', async (table) => {
        const inserted = await database.query(`insert into ${table} select n, 'x' from generate_series(1, 10) n`);
        expectSame([inserted.rows.length, inserted.rowCount, inserted.affectedRows], [0, 10, 10], 'insert of 10 rows');
        const updated = await database.query(`update ${table} set label = $1`, ['y']);
        expectSame([updated.rowCount, updated.affectedRows], [10, 10], 'update of 10 rows');
        const none: DatabaseRunResult = await database.run(`update ${table} set label = $1 where id > 99`, ['z']);
        expectSame(none.affectedRows, 0, 'affectedRows of an update that matches nothing');
        const returned = await database.query(`delete from ${table} where id <= 3 returning id`);
        expectSame([returned.rows.length, returned.rowCount, returned.affectedRows], [3, 3, 3], 'delete … returning');
        const read = await database.query(`select id from ${table}`);
        expectSame([read.rows.length, read.rowCount], [7, 7], 'select of 7 rows');
        if (read.affectedRows !== undefined) fail('a statement that reads must not claim affected rows');
      });
    },
  },
  {
    id: 'database.13',
    title: 'names the constraint and the place of each violation',
    async run(context) {
      const { database } = context;
      const columns = `id int4 constraint mortise_pk primary key, parent int4 constraint mortise_fk references pg_temp_parent,
        label text not null, amount int4 constraint mortise_positive check (amount > 0)`;
      await withTable(context, 'id int4 primary key', async (parent) => {
        await withTable(context, columns.replace('pg_temp_parent', parent), async (table) => {
          const insert = `insert into ${table} (id, parent, label, amount) values ($1, $2, $3, $4)`;
          await database.execute(insert, [1, null, 'a', 1]);
          const violations: readonly [DatabaseErrorCode, unknown, readonly (string | number | null)[]][] = [
            ['unique_violation', { constraint: 'mortise_pk', table }, [1, null, 'a', 1]],
            ['foreign_key_violation', { constraint: 'mortise_fk', table }, [2, 99, 'a', 1]],
            ['not_null_violation', { column: 'label', table }, [2, null, null, 1]],
            ['check_violation', { constraint: 'mortise_positive', table }, [2, null, 'a', 0]],
          ];
          for (const [code, place, params] of violations) {
            const error = await expectRejection(
              database.execute(insert, params),
              code,
              `a statement that breaks a constraint`,
            );
            const { constraint, column } = error;
            const found = {
              ...(constraint === undefined ? {} : { constraint }),
              ...(column === undefined ? {} : { column }),
            };
            expectSame({ ...found, table: error.table }, place, `the place of the ${code}`);
            if (error.retryable) fail(`${code} must not be retryable`);
          }
        });
      });
      await expectRejection(
        database.query('select * from mortise_no_such_table'),
        'undefined_object',
        'a table that is missing',
      );
      await expectRejection(database.query('selec 1'), 'syntax_error', 'a statement that is no SQL');
    },
  },
  {
    id: 'X5',
    title: 'names each call option that it does not honour, in a warning or in a refusal',
    async run({ database }) {
      const options = {
        idempotencyKey: 'key-1',
        headers: { 'x-test': '1' },
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        providerOptions: { 'no-such-provider': { a: 1 } },
      };
      const { warnings = [] } = await database.query('select 1', [], options);
      const named = warnings.map(({ field }) => field);
      expectSame(new Set(named).size, 4, 'the number of fields that warnings name');
      for (const field of Object.keys(options)) if (!named.includes(field)) fail(`no warning names ${field}`);
      for (const [field, value] of Object.entries(options)) {
        const error = await expectRejection(
          database.execute('select 1', [], { [field]: value }),
          'unsupported',
          `execute with ${field}`,
        );
        expectSame(error.field, field, 'the field of the refusal');
      }
      const limited = await database.query('select n from generate_series(1, 9) n', [], { maxRows: 4 });
      expectSame(limited.rows.length, 4, 'rows under maxRows 4');
      expectSame(
        limited.warnings?.map(({ type }) => type),
        ['truncated'],
        'the warning of a result that was cut',
      );
      const whole = await database.query('select n from generate_series(1, 4) n', [], { maxRows: 4 });
      expectSame([whole.rows.length, whole.warnings], [4, undefined], 'a result that fits under maxRows');
    },
  },
  {
    id: 'X13',
    title: 'shows no credential in the error of a failed login',
    requires: 'failToConnect',
    async run(context) {
      const error = await context.failToConnect?.().then(
        () => fail('a login with a wrong password must fail'),
        (reason: unknown) => reason,
      );
      for (const secret of context.secrets ?? []) assertNoCanary(error, secret);
    },
  },
];
