import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt, localTimeAt } from './zone-time.ts';

const HOUR_MS = 3_600_000;
const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];

const wall = (date: string, hours: number) => ({ date, timeMs: hours * HOUR_MS });

describe('the instant at a time on the wall', () => {
  it.each([
    ['Europe/Paris', '2026-01-15', 9, '2026-01-15T08:00:00.000Z'],
    ['Europe/Paris', '2026-07-15', 9, '2026-07-15T07:00:00.000Z'],
    ['Asia/Kathmandu', '2026-07-15', 9, '2026-07-15T03:15:00.000Z'],
    ['America/New_York', '2026-12-31', 23, '2027-01-01T04:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', 1, '2025-12-31T11:00:00.000Z'],
  ])('in %s on %s at %d is %s', (zone, date, hours, expected) => {
    expect(instantAt(wall(date, hours), zone).toISOString()).toBe(expected);
  });

  it.each([
    ['left out', 'Europe/Paris 2026-03-29', 2.5, '2026-03-29T01:30:00.000Z'],
    ['left out', 'America/New_York 2026-03-08', 2.5, '2026-03-08T07:30:00.000Z'],
    ['left out for half an hour', 'Australia/Lord_Howe 2026-10-04', 2.25, '2026-10-03T15:45:00.000Z'],
    ['there twice', 'Europe/Paris 2026-10-25', 2.5, '2026-10-25T00:30:00.000Z'],
    ['there twice', 'America/New_York 2026-11-01', 1.5, '2026-11-01T05:30:00.000Z'],
    ['there twice for half an hour', 'Australia/Lord_Howe 2026-04-05', 1.75, '2026-04-04T14:45:00.000Z'],
  ])('that is %s in %s at %d is %s', (_what, place, hours, expected) => {
    const [zone = '', date = ''] = place.split(' ');
    expect(instantAt(wall(date, hours), zone).toISOString()).toBe(expected);
  });

  it('leads back to the same instant or, where a time comes twice, to the first with the same time', () => {
    const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const local = localTimeAt(instant, zone);
        const back = instantAt(local, zone);
        expect(localTimeAt(back, zone)).toEqual(local);
        expect(back.getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(instant.getTime() - back.getTime()).toBeLessThanOrEqual(HOUR_MS);
      }),
    );
  });

  it('keeps milliseconds', () => {
    const instant = new Date('2026-07-15T07:00:00.123Z');
    expect(localTimeAt(instant, 'Europe/Paris')).toEqual({ date: '2026-07-15', timeMs: 9 * HOUR_MS + 123 });
  });

  it.each(['Paris', '+02:00x', ''])('refuses a zone that is none: %j', (zone) => {
    expect(() => localTimeAt(new Date(0), zone)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
