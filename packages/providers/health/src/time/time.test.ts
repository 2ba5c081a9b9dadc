import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HealthTimeError } from './health-time-error.ts';
import { compareInstants, epochMsOf, parseInstant, secondsBetween } from './instant.ts';
import { addDays, localDateOf, localDayBounds } from './local-day.ts';
import { instantOfLocalTime } from './local-time.ts';
import { offsetSecondsAt, zoneOffsetAt } from './zone-offset.ts';

const ZONES = [
  'UTC',
  'Asia/Tokyo',
  'Europe/Paris',
  'Europe/Dublin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Honolulu',
  'Pacific/Chatham',
  'Antarctica/Troll',
];
const zone = fc.constantFrom(...ZONES);
/** Seconds from 1975 to 2030: what wearables and their imports hold, and within standard time. */
const second = fc.integer({ min: 157_766_400, max: 1_893_456_000 });
const toText = (seconds: number): string => new Date(seconds * 1000).toISOString();

describe('parseInstant', () => {
  it.each([
    ['2026-03-29T07:00:00+02:00', '2026-03-29T05:00:00.000Z', '+02:00', true],
    ['2026-03-29T05:00:00Z', '2026-03-29T05:00:00.000Z', '+00:00', false],
    ['2026-03-29T05:00:00.5-03:30', '2026-03-29T08:30:00.500Z', '-03:30', true],
    ['1969-12-31T23:59:59.999+00:00', '1969-12-31T23:59:59.999Z', '+00:00', true],
  ])('reads %s', (text, iso, offset, hasLocalOffset) => {
    expect(new Date(epochMsOf(text)).toISOString()).toBe(iso);
    expect(parseInstant(text)).toMatchObject({ offset, hasLocalOffset });
  });

  it.each([
    '2026-03-29T07:00:00',
    '2026-03-29',
    '2026-02-30T07:00:00Z',
    '2026-03-29T24:00:00Z',
    '2026-03-29T07:00:60Z',
    '2026-03-29 07:00:00Z',
    '2026-03-29T07:00:00+0200',
    '2026-03-29T07:00:00+24:00',
    ' 2026-03-29T07:00:00Z',
    '',
    'now',
  ])('refuses %j without repeating it', (text) => {
    expect(() => parseInstant(text)).toThrow(HealthTimeError);
    expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'INVALID_INSTANT' }));
    expect(() => parseInstant(text)).toThrow(`such as "2026-03-29T07:00:00+02:00", got ${text.length} characters`);
  });

  it('keeps nanoseconds, and cuts towards the past for milliseconds', () => {
    expect(parseInstant('2026-01-01T00:00:00.123456789Z').epochNs % 1_000_000_000n).toBe(123_456_789n);
    expect(epochMsOf('1969-12-31T23:59:59.9999Z')).toBe(-1);
  });
});

describe('secondsBetween', () => {
  it('is what elapsed, not what the clocks show', () => {
    expect(secondsBetween('2026-03-28T23:30:00+01:00', '2026-03-29T07:00:00+02:00')).toBe(6.5 * 3600);
    expect(secondsBetween('2026-10-24T23:30:00+02:00', '2026-10-25T07:00:00+01:00')).toBe(8.5 * 3600);
  });

  it('is exact for fractions', () => {
    expect(secondsBetween('2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.4Z')).toBe(0.3);
    expect(secondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000001Z')).toBe(1e-9);
  });

  it('adds up over any instant in between, whatever the offsets', () => {
    fc.assert(
      fc.property(second, fc.nat(1_000_000), fc.nat(1_000_000), zone, (start, first, then, place) => {
        const at = (seconds: number) => {
          const offset = zoneOffsetAt(toText(seconds), place);
          return instantOfLocalTime(toText(seconds + offsetSecondsAt(offset, 0)).slice(0, 19), offset);
        };
        expect(secondsBetween(at(start), toText(start + first))).toBe(first);
        expect(secondsBetween(toText(start + first), at(start + first + then))).toBe(then);
        expect(secondsBetween(at(start), at(start + first + then))).toBe(first + then);
      }),
    );
  });

  it('refuses an end before the start', () => {
    expect(() => secondsBetween('2026-01-01T00:00:01Z', '2026-01-01T00:00:00Z')).toThrow(
      expect.objectContaining({ code: 'NEGATIVE_DURATION' }),
    );
  });
});

it('compares instants by the moment, not by the text', () => {
  expect(compareInstants('2026-03-02T01:00:00+01:00', '2026-03-02T00:00:00Z')).toBe(0);
  expect(compareInstants('2026-03-02T00:30:00+01:00', '2026-03-02T00:00:00Z')).toBeLessThan(0);
  expect(compareInstants('2026-03-02T00:00:00.000000002Z', '2026-03-02T00:00:00.000000001Z')).toBeGreaterThan(0);
});

describe('localDateOf', () => {
  it.each([
    ['2026-03-01T23:30:00+09:00', {}, '2026-03-01'],
    ['2026-03-01T14:30:00Z', { timeZone: 'Asia/Tokyo' }, '2026-03-01'],
    ['2026-03-01T15:30:00Z', { timeZone: 'Asia/Tokyo' }, '2026-03-02'],
    ['2026-03-02T09:59:00Z', { timeZone: 'Pacific/Honolulu' }, '2026-03-01'],
    ['2026-03-01T23:30:00Z', { zoneOffset: '+01:00' }, '2026-03-02'],
    // The zone knows the offset of that very moment, which a record's one offset does not.
    ['2026-03-29T22:30:00Z', { timeZone: 'Europe/Paris', zoneOffset: '+01:00' }, '2026-03-30'],
  ])('of %s with %j is %s', (instant, place, day) => {
    expect(localDateOf(instant, place)).toBe(day);
  });

  it('is not told where nobody said where', () => {
    expect(localDateOf('2026-03-01T23:30:00Z')).toBeUndefined();
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localDateOf('2026-03-01T23:30:00Z', { timeZone: 'Mars/Base' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ZONE' }),
    );
  });
});

describe('localDayBounds', () => {
  it.each([
    ['2026-03-02', 'Europe/Paris', '2026-03-02T00:00:00+01:00', 24],
    ['2026-03-29', 'Europe/Paris', '2026-03-29T00:00:00+01:00', 23],
    ['2026-10-25', 'Europe/Paris', '2026-10-25T00:00:00+02:00', 25],
    ['2026-03-02', 'Asia/Kathmandu', '2026-03-02T00:00:00+05:45', 24],
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-05T00:00:00+11:00', 24.5],
    // Midnight was skipped: the day began at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00', 23],
    ['2026-03-02', '-10:00', '2026-03-02T00:00:00-10:00', 24],
  ])('of %s in %s begin at %s and last %d hours', (day, place, start, hours) => {
    const bounds = localDayBounds(day, place);
    expect(bounds.start).toBe(start);
    expect(secondsBetween(bounds.start, bounds.end)).toBe(hours * 3600);
  });

  it('are empty for a day that an island left out', () => {
    const { start, end } = localDayBounds('2011-12-30', 'Pacific/Apia');
    expect(start).toBe(end);
  });

  it('follow each other without gaps, and hold exactly the moments of their day', () => {
    fc.assert(
      fc.property(second, zone, (seconds, place) => {
        const instant = toText(seconds);
        const day = localDateOf(instant, { timeZone: place }) ?? '';
        const { start, end } = localDayBounds(day, place);
        expect(compareInstants(start, instant)).toBeLessThanOrEqual(0);
        expect(compareInstants(instant, end)).toBeLessThan(0);
        expect(localDayBounds(addDays(day, 1), place).start).toBe(end);
        expect(localDateOf(start, { timeZone: place })).toBe(day);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse a day that does not exist', () => {
    expect(() => localDayBounds('2026-02-30', 'UTC')).toThrow(expect.objectContaining({ code: 'INVALID_DATE_ONLY' }));
  });
});

describe('instantOfLocalTime', () => {
  it('gives the one moment at which the clock shows the time, for every moment that is unambiguous', () => {
    fc.assert(
      fc.property(second, zone, (seconds, place) => {
        const local = toText(seconds + offsetSecondsAt(place, seconds * 1000)).slice(0, 19);
        const [earlier, later] = (['earlier', 'later'] as const).map((ambiguous) =>
          epochMsOf(instantOfLocalTime(local, place, { ambiguous })),
        );
        expect([earlier, later]).toContain(seconds * 1000);
        if (earlier === later) expect(epochMsOf(instantOfLocalTime(local, place))).toBe(seconds * 1000);
      }),
      { numRuns: 300 },
    );
  });

  it('asks which one is meant where the clocks showed it twice', () => {
    const local = '2026-10-25T02:30:00';
    expect(() => instantOfLocalTime(local, 'Europe/Paris')).toThrow(
      expect.objectContaining({ code: 'LOCAL_TIME_AMBIGUOUS' }),
    );
    expect(instantOfLocalTime(local, 'Europe/Paris', { ambiguous: 'earlier' })).toBe('2026-10-25T02:30:00+02:00');
    expect(instantOfLocalTime(local, 'Europe/Paris', { ambiguous: 'later' })).toBe('2026-10-25T02:30:00+01:00');
  });

  it('asks how a time is read that the clocks skipped', () => {
    const local = '2026-03-29T02:30:00';
    expect(() => instantOfLocalTime(local, 'Europe/Paris')).toThrow(
      expect.objectContaining({ code: 'LOCAL_TIME_SKIPPED' }),
    );
    expect(instantOfLocalTime(local, 'Europe/Paris', { ambiguous: 'earlier' })).toBe('2026-03-29T01:30:00+01:00');
    expect(instantOfLocalTime(local, 'Europe/Paris', { ambiguous: 'later' })).toBe('2026-03-29T03:30:00+02:00');
  });

  it('keeps fractions, and takes the offset that a vendor sends beside the time', () => {
    expect(instantOfLocalTime('2026-03-02T07:00:00.123456', '+09:00')).toBe('2026-03-02T07:00:00.123456+09:00');
  });

  it.each(['2026-03-02T07:00:00Z', '2026-03-02T07:00', '2026-02-30T07:00:00', '07:00:00'])('refuses %j', (local) => {
    expect(() => instantOfLocalTime(local, 'UTC')).toThrow(expect.objectContaining({ code: 'INVALID_LOCAL_TIME' }));
  });
});

it('tells the offset that a zone has at an instant', () => {
  expect(zoneOffsetAt('2026-07-01T00:00:00Z', 'Europe/Paris')).toBe('+02:00');
  expect(zoneOffsetAt('2026-01-01T00:00:00Z', 'America/St_Johns')).toBe('-03:30');
  expect(zoneOffsetAt('2026-01-01T00:00:00Z', 'UTC')).toBe('+00:00');
});
