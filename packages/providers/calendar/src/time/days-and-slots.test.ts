import { IntegrationError } from '@mortise/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarBusyTime } from '../model/free-busy.ts';
import { allDayDates, allDayInstants } from './all-day.ts';
import { freeSlots, mergeBusyTimes } from './free-slots.ts';

const at = (text: string) => new Date(text);

describe('days of a whole-day event', () => {
  it('are its dates, whatever its instants say', () => {
    const times = { start: at('2026-03-28T23:00:00Z'), end: at('2026-03-29T22:00:00Z') };
    expect(allDayDates({ ...times, startDate: '2026-03-29', endDate: '2026-03-30' })).toEqual({
      startDate: '2026-03-29',
      endDate: '2026-03-30',
    });
  });

  it('come from instants at 00:00 UTC, and lead back to them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 400 }), (day, length) => {
        const times = { start: new Date(day * 86_400_000), end: new Date((day + length) * 86_400_000) };
        expect(allDayInstants(allDayDates(times))).toEqual(times);
      }),
    );
  });

  it.each<[string, object, string]>([
    ['local midnight', { start: at('2026-03-28T23:00:00Z') }, 'startDate'],
    ['an end in the middle of a day', { end: at('2026-03-30T12:00:00Z') }, 'endDate'],
    ['a day that does not exist', { startDate: '2026-02-30' }, 'startDate'],
    ['no day at all', { endDate: '2026-03-29' }, 'endDate'],
  ])('are refused for %s', (_what, fields, field) => {
    const times = { start: at('2026-03-29T00:00:00Z'), end: at('2026-03-30T00:00:00Z'), ...fields };
    expect(() => allDayDates(times)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
  });
});

const busy = (from: number, to: number, status: CalendarBusyTime['status'] = 'busy'): CalendarBusyTime => ({
  start: new Date(from * 60_000),
  end: new Date(to * 60_000),
  status,
});

describe('taken times', () => {
  it('are merged where they overlap or touch, and certain where one of them is', () => {
    const merged = mergeBusyTimes([busy(50, 60, 'tentative'), busy(0, 10, 'tentative'), busy(10, 20), busy(5, 8)]);
    expect(merged).toEqual([busy(0, 20), busy(50, 60, 'tentative')]);
  });

  it('cover the same minutes as before, in order and without overlaps', () => {
    const times = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 10 });
    fc.assert(
      fc.property(times, (list) => {
        const given = list.map(([from, length]) => busy(from, from + length));
        const merged = mergeBusyTimes(given);
        for (let minute = 0; minute < 90; minute += 1) {
          const isIn = ({ start, end }: CalendarBusyTime) =>
            start.getTime() <= minute * 60_000 && end.getTime() > minute * 60_000;
          expect(merged.filter(isIn).length).toBe(given.some(isIn) ? 1 : 0);
        }
      }),
    );
  });
});

describe('free times', () => {
  const window = { from: new Date(0), to: new Date(120 * 60_000), durationMinutes: 30 };
  const startsOf = (query: object, known: Parameters<typeof freeSlots>[1]) =>
    freeSlots({ ...window, ...query }, known).map(({ start }) => start.getTime() / 60_000);

  it('are those at which nobody is taken, and fit into the window', () => {
    const known = [
      { email: 'a', busy: [busy(0, 30)] },
      { email: 'b', busy: [busy(75, 80)] },
    ];
    expect(startsOf({}, known)).toEqual([30, 90]);
    expect(startsOf({ stepMinutes: 15 }, known)).toEqual([30, 45, 90]);
    expect(startsOf({ maxResults: 1 }, known)).toEqual([30]);
  });

  it('may lie over tentative times where that is allowed', () => {
    const known = [{ email: 'a', busy: [busy(0, 90, 'tentative')] }];
    expect(startsOf({}, known)).toEqual([90]);
    expect(startsOf({ countsTentative: false }, known)).toEqual([0, 30, 60, 90]);
  });

  it('are not told where one calendar could not be read', () => {
    const error = new IntegrationError({ code: 'forbidden', message: 'no' });
    expect(() => startsOf({}, [{ email: 'a', busy: [], error }])).toThrow(
      expect.objectContaining({ code: 'partial_failure', cause: error }),
    );
  });

  it.each([{ durationMinutes: 0 }, { stepMinutes: -1 }, { durationMinutes: Number.NaN }])(
    'are refused for %j',
    (query) => {
      expect(() => startsOf(query, [])).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});
