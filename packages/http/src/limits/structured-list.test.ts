import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStructuredDictionary, parseStructuredList } from './structured-list.ts';

const listOf = (text: string) =>
  parseStructuredList(text)?.map(({ value, params }) => [value, Object.fromEntries(params)]);

describe('parseStructuredList', () => {
  it.each<[string, unknown]>([
    ['"burst";q=100;w=60', [['burst', { q: 100, w: 60 }]]],
    [
      '"a";r=1 , "b"; t=2',
      [
        ['a', { r: 1 }],
        ['b', { t: 2 }],
      ],
    ],
    ['"a\\"b\\\\c"', [['a"b\\c', {}]]],
    [
      'tok/en:1*, ?1, ?0, -1.5',
      [
        ['tok/en:1*', {}],
        [true, {}],
        [false, {}],
        [-1.5, {}],
      ],
    ],
    [':aGk=:;pk=:YQ==:', [[':aGk=:', { pk: ':YQ==:' }]]],
    ['a;b;c=?0', [['a', { b: true, c: false }]]],
    ['a;b=1;b=2', [['a', { b: 2 }]]],
    [
      '  1\t,\t2',
      [
        [1, {}],
        [2, {}],
      ],
    ],
  ])('reads %s', (text, members) => {
    expect(listOf(text)).toEqual(members);
  });

  it.each([
    '',
    ' ',
    ',',
    'a,',
    ',a',
    'a b',
    '"a',
    '"a\\x"',
    '"ä"',
    'a;',
    'a;B=1',
    'a;b=',
    '(a b)',
    '?2',
    '1.2.3',
    '1234567890123456',
    ':a',
    `"${'a'.repeat(8200)}"`,
  ])('takes nothing of %j, which is no such list', (text) => {
    expect(parseStructuredList(text)).toBeUndefined();
  });

  it('reads what was written by its rules', () => {
    const bare = fc.oneof(
      fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
      fc.boolean(),
      fc.stringMatching(/^[ -~]{0,20}$/).map((text) => `"${text}`),
    );
    const write = (value: unknown): string =>
      typeof value === 'string'
        ? `"${value.slice(1).replaceAll(/["\\]/g, '\\$&')}"`
        : typeof value === 'boolean'
          ? value
            ? '?1'
            : '?0'
          : String(value);
    const read = (value: unknown): unknown => (typeof value === 'string' ? value.slice(1) : value);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(bare, fc.dictionary(fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,5}$/), bare)), {
          minLength: 1,
          maxLength: 5,
        }),
        (members) => {
          const text = members
            .map(
              ([value, params]) =>
                write(value) +
                Object.entries(params)
                  .map(([key, one]) => `;${key}=${write(one)}`)
                  .join(''),
            )
            .join(', ');
          const expected = members.map(([value, params]) => [
            read(value),
            Object.fromEntries(Object.entries(params).map(([key, one]) => [key, read(one)])),
          ]);
          expect(listOf(text)).toEqual(expected);
        },
      ),
    );
  });
});

describe('parseStructuredDictionary', () => {
  it('reads items by key; the last of equal keys counts', () => {
    const members = parseStructuredDictionary('limit=10, remaining=9;x=1, flag, limit=11');
    expect([...(members ?? [])].map(([key, { value }]) => [key, value])).toEqual([
      ['limit', 11],
      ['remaining', 9],
      ['flag', true],
    ]);
  });

  it.each(['', 'A=1', 'a=', 'a=1,', '=1', 'a=(1 2)'])('takes nothing of %j', (text) => {
    expect(parseStructuredDictionary(text)).toBeUndefined();
  });
});
