import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, parseRetryAfter, retryAfterMsFromHeaders } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 3 ', 3000],
    ['1.5', 1500],
    ['0.0001', 1],
    ['-5', 0],
    ['99999999999', MAX_RETRY_AFTER_MS],
    ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
    ['Friday, 02-Jan-26 03:04:15 GMT', 10_000],
    ['Fri Jan  2 03:04:15 2026', 10_000],
    ['Fri, 02 Jan 2026 03:04:00 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Sat, 01 Jan 2050 00:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('reads %j as %d ms', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });

  it.each([
    null,
    undefined,
    '',
    'soon',
    '5 seconds',
    '1e3',
    '0x10',
    'Infinity',
    '1,5',
    'Fri, 02 Jan 2026 03:04:15 CET',
    'Fri, 31 Feb 2026 03:04:15 GMT',
    'Fri, 02 Jan 2026 25:04:15 GMT',
    'Fri, 02 Jan 2026 03:61:15 GMT',
    '2026-01-02T03:04:15Z',
    'x'.repeat(10_000),
  ])('cannot read %j', (value) => {
    expect(parseRetryAfter(value, NOW)).toBeUndefined();
  });

  it('gives back any date that it could have been made from, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), (seconds) => {
        const date = new Date(NOW + seconds * 1000).toUTCString();
        expect(parseRetryAfter(date, NOW)).toBe(seconds * 1000);
      }),
    );
  });

  it('gives a whole wait within bounds, or nothing, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (text) => {
        const wait = parseRetryAfter(text, NOW) ?? 0;
        expect(Number.isInteger(wait) && wait >= 0 && wait <= MAX_RETRY_AFTER_MS).toBe(true);
      }),
    );
  });
});

describe('retryAfterMsFromHeaders', () => {
  it.each<[Record<string, string | string[] | undefined>, number | undefined]>([
    [{}, undefined],
    [{ 'Retry-After': '2' }, 2000],
    [{ 'RETRY-AFTER-MS': '150', 'retry-after': '2' }, 150],
    [{ 'x-amz-retry-after': '300', 'retry-after': '2' }, 300],
    [{ 'retry-after-ms': 'junk', 'retry-after': '2' }, 2000],
    [{ 'retry-after-ms': '-1' }, 0],
    [{ 'retry-after': ['4', '5'] }, 4000],
    [{ 'retry-after': undefined }, undefined],
  ])('reads %j as %s', (headers, expected) => {
    expect(retryAfterMsFromHeaders(headers, NOW)).toBe(expected);
  });

  it('reads the headers of a fetch response', () => {
    expect(retryAfterMsFromHeaders(new Response('', { headers: { 'Retry-After': '1' } }).headers, NOW)).toBe(1000);
    expect(retryAfterMsFromHeaders(new Headers(), NOW)).toBeUndefined();
  });
});
