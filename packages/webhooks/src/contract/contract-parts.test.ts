import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../bytes/base64.ts';
import { encodeHex } from '../bytes/hex.ts';
import { parsePointer, valueAt } from './json-pointer.ts';
import { MAX_HEADER_LENGTH, MAX_SIGNATURES, parseSignatures } from './parse-signatures.ts';
import { parseTemplate } from './parse-template.ts';
import { formatTimestamp, parseTimestamp } from './parse-timestamp.ts';

describe('a timestamp', () => {
  it.each([
    ['0', 'seconds', 0],
    ['1795435200', 'seconds', 1_795_435_200_000],
    ['1795435200123', 'ms', 1_795_435_200_123],
    ['2026-11-23T12:00:00Z', 'iso', 1_795_435_200_000],
    ['2026-11-23t12:00:00.5z', 'iso', 1_795_435_200_500],
    ['2026-11-23T12:00:00.123456789Z', 'iso', 1_795_435_200_123],
    ['2026-11-23T13:00:00+01:00', 'iso', 1_795_435_200_000],
    ['2026-11-23T06:30:00-0530', 'iso', 1_795_435_200_000],
  ] as const)('is %j in %s', (text, unit, ms) => {
    expect(parseTimestamp(text, unit)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '\u0661',
    '9'.repeat(16),
    '253402300800',
    'NaN',
    'now',
  ])('is not %j in seconds', (text) => expect(parseTimestamp(text, 'seconds')).toBeUndefined());

  it.each([
    '',
    '2026-11-23',
    '2026-11-23T12:00:00',
    '2026-11-23T12:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-23T25:00:00Z',
    '2026-11-23 12:00:00Z',
    'Mon, 23 Nov 2026 12:00:00 GMT',
    '1795435200',
    '2026-11-23T12:00:00.Z',
    ' 2026-11-23T12:00:00Z',
  ])('is not %j in ISO 8601', (text) => expect(parseTimestamp(text, 'iso')).toBeUndefined());

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
        expect(parseTimestamp(formatTimestamp(ms, 'ms'), 'ms')).toBe(ms);
        expect(parseTimestamp(formatTimestamp(ms, 'iso'), 'iso')).toBe(ms);
        expect(parseTimestamp(formatTimestamp(ms, 'seconds'), 'seconds')).toBe(Math.floor(ms / 1000) * 1000);
      }),
    );
  });
});

describe('a template', () => {
  it('is text and places, with a brace for two', () => {
    expect(parseTemplate('v0:{timestamp}:{{x}{header:X-Id}{body:sha256:hex}')).toEqual([
      { kind: 'text', text: 'v0:' },
      { kind: 'timestamp' },
      { kind: 'text', text: ':{x}' },
      { kind: 'header', name: 'X-Id' },
      { kind: 'bodySha256Hex' },
    ]);
    expect(parseTemplate('')).toEqual([]);
  });

  it.each(['{', '{body', 'a{nothing}b', '{}', '{body:md5}', '{constructor}', '{__proto__}', '{ body}'])(
    'is not %j',
    (text) => {
      expect(parseTemplate(text)).toBeUndefined();
    },
  );
});

describe('a signature header', () => {
  const stripe = { items: { separator: ',', assign: '=', name: 'v1' }, encoding: 'hex' } as const;

  it('holds one signature, after its prefix', () => {
    const place = { prefix: 'sha256=', encoding: 'hex' } as const;
    expect(parseSignatures('sha256=00ff', place)).toEqual({ signatures: [Uint8Array.of(0, 255)] });
    expect(parseSignatures('00ff', place)).toBe('is not hex after "sha256="');
    expect(parseSignatures('00ff', { ...place, prefixOptional: true })).toEqual({
      signatures: [Uint8Array.of(0, 255)],
    });
    for (const text of ['', 'sha256=', 'sha256=0', 'sha256=zz', 'SHA256=00', 'sha256= 00', 'sha256=00,sha256=00'])
      expect(typeof parseSignatures(text, place)).toBe('string');
  });

  it('holds several, among items of other kinds', () => {
    expect(parseSignatures('t=12, v1=00,v0=11,v1=22,novalue,=,v1=zz,v1', stripe, 't')).toEqual({
      signatures: [Uint8Array.of(0), Uint8Array.of(34)],
      item: '12',
    });
  });

  it.each([
    ['', 'has no item "v1" that is hex'],
    ['t=1,v0=00', 'has no item "v1" that is hex'],
    ['t=1,v1=zz', 'has no item "v1" that is hex'],
    ['t=1,v1=00,t=2', 'has several items "t"'],
    [Array.from({ length: MAX_SIGNATURES + 1 }, () => 'v1=00').join(','), `has more than ${MAX_SIGNATURES} signatures`],
    ['v1=00,'.repeat(MAX_HEADER_LENGTH / 4), `is longer than ${MAX_HEADER_LENGTH} characters`],
  ])('is refused: %.30j', (header, problem) => {
    expect(parseSignatures(header, stripe, 't')).toBe(problem);
  });

  it('gives back every signature that was put into it', () => {
    const signature = fc.uint8Array({ minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(fc.array(signature, { minLength: 1, maxLength: MAX_SIGNATURES }), fc.nat(), (list, time) => {
        const signatures = list.map((bytes) => Uint8Array.from(bytes));
        const hex = [`t=${time}`, ...signatures.map((bytes) => `v1=${encodeHex(bytes)}`)].join(',');
        expect(parseSignatures(hex, stripe, 't')).toEqual({ signatures, item: String(time) });
        const standard = { items: { separator: ' ', assign: ',', name: 'v1' }, encoding: 'base64' } as const;
        const base64 = signatures.map((bytes) => `v1,${encodeBase64(bytes, 'base64')}`).join(' ');
        expect(parseSignatures(base64, standard)).toEqual({ signatures });
      }),
    );
  });
});

describe('a JSON pointer', () => {
  it('leads through fields and items, and never to what is inherited', () => {
    const data = { a: [{ 'b/c~': 1 }], '': 2 };
    const at = (pointer: string): unknown => valueAt(data, parsePointer(pointer));
    expect(at('/a/0/b~1c~0')).toBe(1);
    expect(at('/')).toBe(2);
    expect(at('')).toBe(data);
    for (const pointer of ['/a/1', '/__proto__', '/constructor/name', '/a/length/x', '/a/0/b~1c~0/d', '/toString'])
      expect(at(pointer)).toBeUndefined();
  });
});
