import type { DatabaseConformanceCase } from '../context.ts';
import { withTable } from '../context.ts';
import { expectSame } from '../expectations.ts';
import type { DatabaseStatementParam } from '../../model/statement.ts';

interface RoundTrip {
  readonly type: string;
  readonly param: DatabaseStatementParam;
  /** What must come back; the parameter itself if absent. */
  readonly result?: unknown;
}

const MEGABYTE = 1_048_576;

const ROUND_TRIPS: readonly RoundTrip[] = [
  { type: 'text', param: null },
  { type: 'text', param: '' },
  { type: 'text', param: 'NULL' },
  { type: 'int4[]', param: [] },
  { type: 'text[]', param: ['', 'NULL', 'a,b', '{}', '"', '\\', null] },
  {
    type: 'int4[]',
    param: [
      [1, 2],
      [3, 4],
    ],
  },
  { type: 'int4', param: -2_147_483_648 },
  { type: 'int8', param: 9_223_372_036_854_775_807n },
  { type: 'int8', param: -9_223_372_036_854_775_808n },
  { type: 'float8', param: -0 },
  { type: 'float8', param: 0.1 + 0.2 },
  { type: 'float8', param: Number.POSITIVE_INFINITY },
  { type: 'float8', param: Number.NaN },
  { type: 'numeric', param: 0.1 + 0.2, result: '0.30000000000000004' },
  { type: 'numeric', param: '12.30', result: '12.30' },
  { type: 'bool', param: true },
  { type: 'bool', param: false },
  { type: 'date', param: '1850-02-28', result: '1850-02-28' },
  { type: 'timestamp', param: '1899-12-31 23:59:59.123456', result: '1899-12-31 23:59:59.123456' },
  { type: 'timestamptz', param: new Date('1883-11-18T12:03:58.001Z') },
  { type: 'timestamptz', param: new Date('2026-03-29T01:30:00.250Z') },
  { type: 'timestamptz', param: new Date(-62_198_755_200_000) },
  { type: 'jsonb', param: { a: [1, null, 'é'], b: { c: true } } },
  { type: 'uuid', param: '0198c3c0-1111-7000-8000-000000000000' },
  { type: 'bytea', param: new Uint8Array([]) },
  { type: 'bytea', param: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
  { type: 'bytea', param: Uint8Array.from({ length: MEGABYTE }, (_, index) => (index * 31) % 256) },
];

const INJECTIONS: readonly string[] = [
  `'; drop table students; --`,
  `' or '1'='1`,
  `" or ""="`,
  `\\'; select pg_sleep(9); --`,
  `$1`,
  `$$ or true $$`,
  `%27%20or%201=1`,
  `1); delete from students where (1=1`,
  `/* */ union select 1 --`,
  `E'\\''`,
];

const TEXTS: readonly string[] = [
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'שלום עולם، مرحبا',
  'e\u0301 \u202Eabc\u202C \uFEFF',
  'line\r\nbreak\ttab\u0001',
  'x'.repeat(MEGABYTE),
];

export const valueCases: readonly DatabaseConformanceCase[] = [
  {
    id: 'database.1',
    title: 'gives every type of parameter back as it went in',
    async run({ database }) {
      for (const { type, param, ...expected } of ROUND_TRIPS) {
        const { rows } = await database.query(`select $1::${type} as value`, [param]);
        expectSame(rows[0]?.['value'], 'result' in expected ? expected.result : param, `$1::${type}`);
      }
    },
  },
  {
    id: 'database.2',
    title: 'leaves $1 alone in literals, comments and dollar-quoted bodies',
    async run({ database }) {
      const { rows } = await database.query(
        `select '$1' as literal, $tag$ $1 $tag$ as body, E'\\'$1' as escaped, "$1" as name /* $1 /* $1 */ */
         from (select $1::int4 as "$1") as source -- $1`,
        [7],
      );
      expectSame(rows[0], { literal: '$1', body: ' $1 ', escaped: `'$1`, name: 7 }, 'the row');
    },
  },
  {
    id: 'database.3',
    title: 'gives classic injection strings back verbatim',
    async run(context) {
      await withTable(context, 'value text', async (table) => {
        for (const text of INJECTIONS) {
          const { rows } = await context.database.query(`insert into ${table} values ($1) returning value`, [text]);
          expectSame(rows[0]?.['value'], text, 'the value that was inserted');
          const found = await context.database.query(`select value from ${table} where value = $1`, [text]);
          expectSame(found.rows, [{ value: text }], 'the rows that were found by the value');
        }
      });
    },
  },
  {
    id: 'X18',
    title:
      'passes text with emoji, right-to-left marks, combining marks and a megabyte through; refuses what it cannot store by name',
    async run({ database }) {
      for (const text of TEXTS) {
        const { rows } = await database.query('select $1::text as value', [text]);
        expectSame(rows[0]?.['value'], text, 'the text');
      }
      for (const text of ['a\0b', 'half \uD83D']) {
        const outcome = await database.query('select $1::text as value', [text]).then(
          ({ rows }) => ({ value: rows[0]?.['value'] }),
          (error: unknown) => ({ code: Reflect.get(Object(error), 'code') }),
        );
        const isKept = 'value' in outcome && outcome.value === text;
        if (!isKept) expectSame(outcome, { code: 'invalid_request' }, 'text with a NUL or half of a surrogate pair');
      }
    },
  },
  {
    id: 'X8',
    title: 'leaves frozen inputs as they are',
    async run({ database }) {
      const list = Object.freeze([1, 2]);
      const document = Object.freeze({ a: Object.freeze({ b: 1 }) });
      const params = Object.freeze([list, document]);
      const options = Object.freeze({ rowMode: 'array' as const });
      const { rows } = await database.query('select $1::int4[], $2::jsonb', params, options);
      expectSame(Array.from(Object.values(rows[0] ?? {})), [[1, 2], { a: { b: 1 } }], 'the row');
      expectSame(params, [[1, 2], { a: { b: 1 } }], 'the parameters afterwards');
    },
  },
];
