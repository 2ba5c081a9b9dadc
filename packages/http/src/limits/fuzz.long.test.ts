import { MAX_RETRY_AFTER_MS, parseRetryAfter } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { mutations } from '../__fixtures__/mutations.ts';
import { parseLinkHeader } from '../pagination/link-header.ts';
import { readRateLimits } from './read-rate-limits.ts';
import { readWait } from './read-wait.ts';
import { parseStructuredDictionary, parseStructuredList } from './structured-list.ts';

const MILLION = 1_000_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const isWait = (value: number | undefined): boolean =>
  value === undefined || (Number.isInteger(value) && value >= 0 && value <= MAX_RETRY_AFTER_MS);

describe('a million headers', () => {
  it('that tell a wait are read without a throw, to a wait or to nothing', { timeout: 600_000 }, () => {
    const seeds = [
      '120',
      '1.5',
      'Sun, 01 Mar 2026 12:00:30 GMT',
      'Sunday, 01-Mar-26 12:00:30 GMT',
      'Sun Mar  1 12:00:30 2026',
      '6m0s',
      '2026-03-01T12:00:10Z',
      '1772366400',
    ];
    let bad = 0;
    let read = 0;
    for (const text of mutations(seeds, '0123456789:.-+eE ,GMTSunsmh\t\0é', MILLION)) {
      const wait = parseRetryAfter(text, NOW);
      if (wait !== undefined) read += 1;
      if (!isWait(wait) || !isWait(readWait(text, undefined, NOW))) bad += 1;
    }
    expect(bad).toBe(0);
    expect(read).toBeGreaterThan(50_000);
  });

  it('that tell limits are read without a throw, to counts or to nothing', { timeout: 600_000 }, () => {
    const seeds = [
      '"burst";q=100;w=60, "daily";q=1000;w=86400',
      '"burst";r=50;t=30',
      'limit=100, remaining=50, reset=30',
      'a;b=?1;c=:aGk=:;d="x\\"y"',
      '100, 1000',
    ];
    let bad = 0;
    let read = 0;
    let current = '';
    const headers = { get: (name: string) => (name === 'x-none' ? null : current) };
    for (const text of mutations(seeds, '"\\;,=?:()0123456789.-rqtwabc \t\0é', MILLION)) {
      current = text;
      const snapshots = readRateLimits(headers, undefined, NOW);
      if (snapshots.length > 0) read += 1;
      for (const { limit, remaining, used, resetMs, windowMs } of snapshots) {
        if (!isWait(resetMs) || !isWait(windowMs)) bad += 1;
        if ([limit, remaining, used].some((count) => count !== undefined && !(count >= 0))) bad += 1;
      }
    }
    expect(bad).toBe(0);
    expect(read).toBeGreaterThan(50_000);
  });
});

describe('a header that was made to take long', () => {
  const parts = [
    '"',
    '\\"',
    ';a',
    '; ;',
    ',',
    'a,',
    '<',
    '<>',
    '<a>;',
    '<a>;rel="',
    ' ',
    '\t',
    ';a="\\\\',
    '0',
    ':',
    'a=1,',
    '"a";q=1,',
  ];

  it.each(parts)('from %j takes no time', (part) => {
    const startedAt = performance.now();
    for (const size of [2000, 4000, 8000, 16_000, 200_000]) {
      const text = part.repeat(Math.ceil(size / part.length)).slice(0, size);
      for (const wrapped of [text, `"a";${text}`, `<a>${text}`, `${text}"`]) {
        parseStructuredList(wrapped);
        parseStructuredDictionary(wrapped);
        parseLinkHeader(wrapped);
        parseRetryAfter(wrapped, NOW);
        readRateLimits({ get: () => wrapped }, undefined, NOW);
      }
    }
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
