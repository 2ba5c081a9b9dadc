import { MAX_RETRY_AFTER_MS } from '@mortise/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWait } from './read-wait.ts';

type Format = Parameters<typeof readWait>[1];

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('readWait', () => {
  it.each<[unknown, Format, number | undefined]>([
    ['30', 'delta-seconds', 30_000],
    ['1.5', 'delta-seconds', 1500],
    [7, 'delta-seconds', 7000],
    ['-3', 'delta-seconds', 0],
    ['250', 'delta-ms', 250],
    ['250.2', 'delta-ms', 251],
    ['2', 'delta-minutes', 120_000],
    [String(NOW / 1000 + 60), 'epoch-seconds', 60_000],
    [String(NOW / 1000 - 60), 'epoch-seconds', 0],
    [String(NOW + 5), 'epoch-ms', 5],
    ['2026-03-01T12:00:10Z', 'iso', 10_000],
    ['2026-03-01T13:00:10.5+01:00', 'iso', 10_500],
    ['2026-03-01 12:00:10Z', 'iso', 10_000],
    ['2026-03-01T11:00:00Z', 'iso', 0],
    ['1s', 'duration', 1000],
    ['6m0s', 'duration', 360_000],
    ['1h2m3.5s', 'duration', 3_723_500],
    ['250ms', 'duration', 250],
    ['1µs', 'duration', 1],
    ['1d', 'duration', 86_400_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 'http-date', 30_000],
    [' 30 ', 'delta-seconds', 30_000],
    ['1e3', 'delta-seconds', undefined],
    ['', 'delta-seconds', undefined],
    ['soon', 'delta-seconds', undefined],
    ['0x10', 'delta-seconds', undefined],
    ['30', 'iso', undefined],
    ['2026-03-01', 'iso', undefined],
    ['2026-13-41T12:00:00Z', 'iso', undefined],
    ['1s?', 'duration', undefined],
    ['1', 'duration', undefined],
    ['30', 'http-date', undefined],
    [null, 'delta-seconds', undefined],
    [undefined, 'delta-seconds', undefined],
    [Number.NaN, 'delta-seconds', undefined],
    [{}, 'delta-seconds', undefined],
    ['9'.repeat(16), 'delta-seconds', MAX_RETRY_AFTER_MS],
    ['1'.repeat(65), 'delta-seconds', undefined],
    ['45', undefined, 45_000],
    [String(NOW / 1000 + 60), undefined, 60_000],
    [String(NOW + 60_000), undefined, 60_000],
    ['6m0s', undefined, 360_000],
    ['2026-03-01T12:00:10Z', undefined, 10_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', undefined, 30_000],
  ])('reads %j as %s: %s', (value, format, waitMs) => {
    expect(readWait(value, format, NOW)).toBe(waitMs);
  });

  it('gives a whole number of milliseconds within bounds or nothing, whatever it is given', () => {
    const formats: Format[] = [
      'delta-seconds',
      'delta-ms',
      'delta-minutes',
      'epoch-seconds',
      'epoch-ms',
      'iso',
      'duration',
      'http-date',
      undefined,
    ];
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.double(), fc.date().map(String), fc.stringMatching(/^[\dsmh.:TZ-]*$/)),
        fc.constantFrom(...formats),
        (value, format) => {
          const waitMs = readWait(value, format, NOW);
          if (waitMs === undefined) return;
          expect(Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= MAX_RETRY_AFTER_MS).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
