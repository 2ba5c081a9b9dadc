import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../errors/database-error.ts';
import { formatArrayLiteral, parseArrayLiteral, type PostgresArrayItem } from './array-literal.ts';
import { builtInTypeName } from './built-in-types.ts';
import { formatBytea, parseBytea } from './bytes.ts';
import { encodeParams } from './encode-params.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { createValueParsers } from './value-parsers.ts';

const asText = (text: string) => text;

describe('array literals', () => {
  it('come back as they were, whatever their elements hold', () => {
    const items = fc.letrec<{ item: PostgresArrayItem; list: PostgresArrayItem[] }>((tie) => ({
      item: fc.oneof({ depthSize: 'small' }, fc.string({ unit: 'binary' }), fc.constant(null), tie('list')),
      list: fc.array(tie('item'), { maxLength: 4 }),
    })).list;
    fc.assert(
      fc.property(items, (list) => {
        expect(parseArrayLiteral(formatArrayLiteral(list), asText)).toEqual(list);
      }),
    );
  });

  it.each([
    ['{}', []],
    ['{1,NULL,"NULL",""}', ['1', null, 'NULL', '']],
    [
      '{{1,2},{3,4}}',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['[0:1]={a,b}', ['a', 'b']],
    [String.raw`{"a\"b","c\\d","e,f"}`, ['a"b', String.raw`c\d`, 'e,f']],
    ['{2026-01-01 00:00:00+00}', ['2026-01-01 00:00:00+00']],
  ])('reads %s', (text, expected) => {
    expect(parseArrayLiteral(text, asText)).toEqual(expected);
  });
});

describe('bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseBytea(formatBytea(bytes))).toEqual(bytes);
      }),
    );
  });

  it('are read in the escape form and in upper case too', () => {
    expect(parseBytea(String.raw`a\000\\b\377`)).toEqual(Uint8Array.of(97, 0, 92, 98, 255));
    expect(parseBytea(String.raw`\xDEADbeef`)).toEqual(Uint8Array.of(0xde, 0xad, 0xbe, 0xef));
  });
});

describe('instants', () => {
  it('come back as they were in the range that a Date holds and PostgreSQL takes', () => {
    const dates = fc.date({
      min: new Date(-200_000_000_000_000),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        const [, text = '', era = ''] = /^(.*?)( BC)?$/.exec(formatInstant(date)) ?? [];
        expect(parseInstant(`${text.replace('T', ' ')}${era}`)).toEqual(date);
      }),
    );
  });

  it.each([
    ['2026-11-25 10:00:00+00', '2026-11-25T10:00:00.000Z'],
    ['2026-11-25 10:00:00.123456-03:30', '2026-11-25T13:30:00.123Z'],
    ['1883-11-18 12:00:00-04:56:02', '1883-11-18T16:56:02.000Z'],
    ['0001-12-31 00:00:00+00 BC', '0000-12-31T00:00:00.000Z'],
    ['12026-01-01 00:00:00+00', '+012026-01-01T00:00:00.000Z'],
  ])('reads %s as %s', (text, iso) => {
    expect(parseInstant(text)).toEqual(new Date(iso));
  });

  it.each([['infinity'], ['-infinity'], ['294276-12-31 23:59:59+00']])(
    'leaves %s, which no Date can hold, as text',
    (text) => {
      expect(parseInstant(text)).toBe(text);
    },
  );
});

describe('encodeParams', () => {
  it('writes each kind of value in the form that the server reads', () => {
    const bytes = Uint8Array.of(1, 2);
    expect(encodeParams(['x', 1.5, -0, 9n, true, null, bytes, new Date(0), [1, null, ['a']], { a: 1 }])).toEqual([
      'x',
      '1.5',
      '-0',
      '9',
      'true',
      null,
      bytes,
      '1970-01-01T00:00:00.000+00',
      '{"1",NULL,{"a"}}',
      '{"a":1}',
    ]);
  });

  it.each<[string, unknown]>([
    ['an invalid date', new Date(Number.NaN)],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a NUL', 'secret\0value'],
    ['half of a surrogate pair', 'secret\uD800'],
    ['a NUL in an array', [['secret\0']]],
    ['an object that JSON cannot express', { big: 1n }],
  ])('refuses %s, naming the parameter and not its value', (_what, value) => {
    let error: unknown;
    try {
      // @ts-expect-error deliberately no parameter
      encodeParams([1, value]);
    } catch (thrown) {
      error = thrown;
    }
    expect(DatabaseError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'invalid_request', field: 'params[1]' });
    expect(String(error)).not.toContain('secret');
  });
});

describe('createValueParsers', () => {
  it('loses nothing by default', () => {
    const parserOf = createValueParsers();
    expect(parserOf(20)('9223372036854775807')).toBe(9_223_372_036_854_775_807n);
    expect(parserOf(1700)('12.30')).toBe('12.30');
    expect(parserOf(1082)('2026-03-29')).toBe('2026-03-29');
    expect(parserOf(1114)('2026-03-29 02:30:00')).toBe('2026-03-29 02:30:00');
    expect(parserOf(1016)('{1,NULL}')).toEqual([1n, null]);
    expect(parserOf(16)('t')).toBe(true);
    expect(parserOf(16)('f')).toBe(false);
    expect(parserOf(701)('-0')).toBe(-0);
    expect(parserOf(3802)('{"a":null}')).toEqual({ a: null });
    expect(parserOf(999_999)('unheard of')).toBe('unheard of');
  });

  it('follows another policy where it is asked to', () => {
    const parserOf = createValueParsers({ int8: 'number', numeric: 'number', timestamptz: 'string', json: 'string' });
    expect(parserOf(20)('7')).toBe(7);
    expect(parserOf(1700)('1.5')).toBe(1.5);
    expect(parserOf(1184)('2026-11-25 10:00:00.123456+00')).toBe('2026-11-25 10:00:00.123456+00');
    expect(parserOf(114)('{"a":1}')).toBe('{"a":1}');
    expect(createValueParsers({ int8: 'string' })(20)('7')).toBe('7');
  });
});

describe('builtInTypeName', () => {
  it('knows types and arrays of them, and makes no name up', () => {
    expect([20, 1016, 3802, 2278, 16_400].map(builtInTypeName)).toEqual(['int8', 'int8[]', 'jsonb', 'void', undefined]);
  });
});
