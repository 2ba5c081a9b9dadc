import type { RateLimitReading } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { waitForLimits } from './rate-limit-snapshot.ts';
import { listReadings, readRateLimits } from './read-rate-limits.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const read = (headers: Record<string, string>, readings?: readonly RateLimitReading[]) =>
  readRateLimits(new Headers(headers), readings, NOW);

describe('readRateLimits', () => {
  it('reads several limits of one provider, each with its own format', () => {
    const readings: RateLimitReading[] = [
      {
        limit: 'x-limit-requests',
        remaining: 'x-remaining-requests',
        reset: 'x-reset-requests',
        resetFormat: 'duration',
      },
      {
        name: 'tokens',
        limit: 'x-limit-tokens',
        remaining: 'x-remaining-tokens',
        reset: 'x-reset-tokens',
        resetFormat: 'iso',
      },
    ];
    expect(
      read(
        {
          'X-Limit-Requests': '100',
          'X-Remaining-Requests': '99',
          'X-Reset-Requests': '6m0s',
          'X-Limit-Tokens': '4000',
          'X-Remaining-Tokens': '0',
          'X-Reset-Tokens': '2026-03-01T12:00:05Z',
        },
        readings,
      ),
    ).toEqual([
      { name: 'requests', limit: 100, remaining: 99, resetMs: 360_000 },
      { name: 'tokens', limit: 4000, remaining: 0, resetMs: 5000 },
    ]);
  });

  it('takes the numbers of a list for those of several windows, and works out what is left', () => {
    expect(read({ 'x-limit': '100, 1000', 'x-usage': '40,1001' }, [{ limit: 'x-limit', used: 'x-usage' }])).toEqual([
      { name: 'requests', limit: 100, used: 40, remaining: 60 },
      { name: 'requests', limit: 1000, used: 1001, remaining: 0 },
    ]);
  });

  it('reads a date with a comma as one reset', () => {
    const headers = { 'x-left': '3', 'x-reset': 'Sun, 01 Mar 2026 12:00:30 GMT' };
    expect(read(headers, [{ remaining: 'x-left', reset: 'x-reset', resetFormat: 'http-date' }])).toEqual([
      { name: 'requests', remaining: 3, resetMs: 30_000 },
    ]);
  });

  it('tells the format of the usual headers by form and size where the spec names none', () => {
    const usual = (reset: string) =>
      read({ 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset });
    for (const reset of ['30', String(NOW / 1000 + 30), String(NOW + 30_000), '30s']) {
      expect(usual(reset)).toEqual([{ name: 'requests', limit: 60, remaining: 0, resetMs: 30_000 }]);
    }
  });

  it('reads the standard fields, one limit for each policy', () => {
    expect(
      read({
        'RateLimit-Policy': '"burst";q=100;w=60, "daily";q=1000;w=86400;qu="content-bytes"',
        RateLimit: '"burst";r=50;t=30, "daily";r=0',
      }),
    ).toEqual([
      { name: 'burst', limit: 100, windowMs: 60_000, remaining: 50, resetMs: 30_000 },
      { name: 'daily:content-bytes', limit: 1000, windowMs: 86_400_000, remaining: 0 },
    ]);
  });

  it('reads the standard field of earlier drafts', () => {
    expect(read({ RateLimit: 'limit=100, remaining=0, reset=50', 'RateLimit-Policy': '100;w=900' })).toEqual([
      { name: 'requests', limit: 100, remaining: 0, resetMs: 50_000 },
    ]);
    expect(read({ 'RateLimit-Limit': '10', 'RateLimit-Remaining': '9', 'RateLimit-Reset': '2' })).toEqual([
      { name: 'requests', limit: 10, remaining: 9, resetMs: 2000 },
    ]);
  });

  it('leaves out what cannot be read', () => {
    expect(read({})).toEqual([]);
    expect(read({ RateLimit: '"a";r=-1', 'X-RateLimit-Remaining': 'many' })).toEqual([]);
    expect(read({ RateLimit: '"a', 'RateLimit-Policy': '(1 2)' })).toEqual([]);
    expect(read({ RateLimit: '"a";r=1.5;t=x' })).toEqual([]);
    expect(read({ 'X-RateLimit-Remaining': '1,'.repeat(40) })).toEqual([]);
    expect(read({ 'X-RateLimit-Remaining': '5', 'X-RateLimit-Reset': 'later' })).toEqual([
      { name: 'requests', remaining: 5 },
    ]);
    expect(read({ RateLimit: `"a";r=${'1'.repeat(9000)}` })).toEqual([]);
  });

  it('puts the short form of a spec before its list', () => {
    expect(
      listReadings([{ name: 'tokens', remaining: 'x-tokens' }], { remaining: 'x-left', reset: 'x-reset' }),
    ).toHaveLength(2);
    expect(listReadings(undefined, undefined)).toBeUndefined();
  });
});

describe('waitForLimits', () => {
  it('is the longest wait of those that are used up', () => {
    expect(
      waitForLimits([
        { name: 'a', remaining: 0, resetMs: 10 },
        { name: 'b', remaining: 0, resetMs: 30 },
        { name: 'c', remaining: 1, resetMs: 90 },
        { name: 'd', remaining: 0 },
      ]),
    ).toBe(30);
    expect(waitForLimits([{ name: 'd', remaining: 0 }])).toBeUndefined();
    expect(waitForLimits([])).toBeUndefined();
  });
});
