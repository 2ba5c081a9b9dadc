import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../errors/database-error.ts';
import { quoteIdentifier } from './identifier.ts';
import { replacePlaceholders, scanPlaceholders } from './placeholders.ts';
import { sql, SqlFragment } from './sql.ts';

const anyText = fc.string({ unit: 'binary' });
const hostileText = fc.string({
  unit: fc.constantFrom(`'`, `"`, '$', '1', '-', '/', '*', '\\', ';', 'E', 'x', '\n', ' '),
});

describe('sql', () => {
  it('turns values into parameters in order', () => {
    const { statement, params } = sql`select * from users where id = ${7} and name = ${"o'neil"}`;
    expect(statement).toBe('select * from users where id = $1 and name = $2');
    expect(params).toEqual([7, "o'neil"]);
  });

  it('never lets a value into the text, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, hostileText), { minLength: 3, maxLength: 3 }),
        ([a = '', b = '', c = '']) => {
          const fragment = sql`select ${a} from t where x = ${b} or y in (${sql.join([c, a])})`;
          expect(fragment.statement).toBe('select $1 from t where x = $2 or y in ($3, $4)');
          expect(fragment.params).toEqual([a, b, c, a]);
        },
      ),
    );
  });

  it('numbers the placeholders of nested fragments anew, at any depth', () => {
    const fragments = fc.letrec<{ part: SqlFragment; leaf: SqlFragment; node: SqlFragment }>((tie) => ({
      part: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('node')),
      leaf: fc.integer().map((n) => sql`f(${n})`),
      node: fc
        .tuple(tie('part'), fc.integer(), tie('part'))
        .map(([left, n, right]) => sql`(${left} + ${n} + ${right})`),
    }));
    fc.assert(
      fc.property(fragments.part, ({ statement, params }) => {
        expect(scanPlaceholders(statement).map(({ index }) => index)).toEqual(params.map((_, index) => index + 1));
        const filledIn = replacePlaceholders(statement, (index) => JSON.stringify(params[index - 1]));
        expect(filledIn.match(/-?\d+/g)?.map(Number)).toEqual(params);
      }),
    );
  });

  it('uses a fragment again without changing it', () => {
    const condition = sql`active = ${true}`;
    expect(sql`a where ${condition} union b where ${condition}`.statement).toBe(
      'a where active = $1 union b where active = $2',
    );
    expect(condition.statement).toBe('active = $1');
  });

  it('joins values and fragments with a separator', () => {
    expect(sql`in (${sql.join([1, 2, 3])})`.statement).toBe('in ($1, $2, $3)');
    const conditions = [sql`a = ${1}`, sql`b is null`];
    expect(sql.join(conditions, sql` and `)).toMatchObject({ statement: 'a = $1 and b is null', params: [1] });
  });

  it('refuses to join nothing, since an empty list is valid hardly anywhere', () => {
    expect(() => sql.join([])).toThrow(/at least one/);
  });

  it.each([
    ['a literal', () => sql`select '${1}'`],
    ['a comment', () => sql`select 1 -- ${1}`],
    ['a block comment', () => sql`select 1 /* ${1} */`],
    ['a quoted name', () => sql`select "${1}"`],
    ['a dollar-quoted body', () => sql`do $$ ${1} $$`],
    ['a word', () => sql`select a${1}`],
  ])('refuses a value inside of %s', (_place, make) => {
    expect(make).toThrow(DatabaseError);
    expect(make).toThrow(/must stand where SQL takes a value/);
  });

  it('refuses placeholders in the text, which would collide with its own', () => {
    expect(() => sql`select $1, ${1}`).toThrow(/no \$n of its own/);
    expect(sql`select '$1', ${1}`.statement).toBe(`select '$1', $1`);
  });

  it.each([[undefined], [Symbol('x')], [() => 1]])('refuses %s as a value', (value) => {
    // @ts-expect-error deliberately no parameter
    expect(() => sql`select ${value}`).toThrow(/cannot be a parameter/);
  });

  it('can only be made by a template that stands in the program', () => {
    // @ts-expect-error deliberately no template
    expect(() => sql(['drop table users'])).toThrow(/template tag/);
    const parsed: Record<string, unknown> = JSON.parse('{"statement":"drop table users","params":[]}');
    expect(sql`select ${parsed}`).toMatchObject({ statement: 'select $1', params: [parsed] });
    expect(SqlFragment.is(parsed)).toBe(false);
  });

  it('cannot be changed afterwards', () => {
    const fragment = sql`select ${1}`;
    expect(Object.isFrozen(fragment)).toBe(true);
    expect(Object.isFrozen(fragment.params)).toBe(true);
  });
});

describe('sql.id', () => {
  it('quotes each part', () => {
    expect(sql`select * from ${sql.id('my schema', 'users"; drop table x; --')}`.statement).toBe(
      'select * from "my schema"."users""; drop table x; --"',
    );
  });

  it('gives one quoted name from which the original can be read back, for every name that it takes', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, hostileText), (name) => {
        let quoted: string;
        try {
          quoted = quoteIdentifier(name);
        } catch (error) {
          expect(DatabaseError.is(error)).toBe(true);
          return;
        }
        expect(quoted).toMatch(/^"(?:[^"]|"")+"$/);
        expect(quoted.slice(1, -1).replaceAll('""', '"')).toBe(name);
        expect(scanPlaceholders(`select ${quoted}, $1`)).toHaveLength(1);
      }),
    );
  });

  it.each([[''], ['a\0b'], ['x'.repeat(64)], ['é'.repeat(32)], ['\uD83D']])('refuses the name %j', (name) => {
    expect(() => sql.id(name)).toThrow(DatabaseError);
  });

  it('takes a name of exactly 63 bytes, and refuses none at all', () => {
    expect(quoteIdentifier('x'.repeat(63))).toHaveLength(65);
    expect(() => quoteIdentifier()).toThrow(/none was given/);
  });
});

describe('scanPlaceholders', () => {
  it.each<[string, number[]]>([
    ['select $1, $2, $1', [1, 2, 1]],
    [`select '$1', $2`, [2]],
    [`select 'it''s $1', $2`, [2]],
    [`select E'it\\'s $1', $2`, [2]],
    [`select e'\\\\', $2`, [2]],
    [`select fe'\\', $2, '`, [2]],
    [`select "a $1 ""b", $2`, [2]],
    ['select $$ $1 $$, $2', [2]],
    ['select $fn$ $1 $$ $fn$, $2', [2]],
    ['select $1 -- $2\n, $3', [1, 3]],
    ['select /* $1 /* $2 */ $3 */ $4', [4]],
    ['select a$1, $2', [2]],
    [`select '$1`, []],
    ['select /* $1', []],
    ['select $$ $1', []],
    [`select "$1`, []],
    ['select $12', [12]],
    ['select $1$2', [1]],
    ['', []],
  ])('finds in %j the placeholders %j', (statement, expected) => {
    expect(scanPlaceholders(statement).map(({ index }) => index)).toEqual(expected);
  });

  it('gives places that hold exactly the placeholder', () => {
    const statement = `select '$9', $10 /* $3 */ + $2`;
    expect(scanPlaceholders(statement).map(({ start, end }) => statement.slice(start, end))).toEqual(['$10', '$2']);
  });

  it('ends on every input, long ones included, in time that grows with the length', () => {
    fc.assert(fc.property(hostileText, (statement) => scanPlaceholders(statement).length <= statement.length));
    const literal = `'${`''`.repeat(500_000)}'`;
    expect(scanPlaceholders(`select ${literal}, $1`)).toHaveLength(1);
  });
});

describe('replacePlaceholders', () => {
  it('writes them in the way of another database and leaves the rest alone', () => {
    expect(replacePlaceholders(`select '$1', $1, $2 -- $1`, () => '?')).toBe(`select '$1', ?, ? -- $1`);
  });

  it('changes nothing when each one is replaced by itself', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, anyText), (text) => {
        expect(replacePlaceholders(text, (index) => `$${index}`).replaceAll(/\$0+/g, '$')).toBe(
          text.replaceAll(/\$0+/g, '$'),
        );
      }),
    );
  });
});
