import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarEventTimes } from '../model/event.ts';
import { formatRule, parseRule } from './recurrence-rule.ts';
import { occurrencesOf } from './recurrence.ts';
import { instantAt, localTimeAt } from './zone-time.ts';

const ZONE = 'America/New_York';
const NINE_MS = 9 * 3_600_000;

/** At nine in New York, for an hour, as in the examples of RFC 5545. */
function timesOn(date: string): CalendarEventTimes {
  const start = instantAt({ date, timeMs: NINE_MS }, ZONE);
  return { start, end: new Date(start.getTime() + 3_600_000), startZone: ZONE };
}

function daysOf(date: string, lines: readonly string[], limit = 100): string[] {
  const days: string[] = [];
  for (const { start } of occurrencesOf(timesOn(date), lines)) {
    const local = localTimeAt(start, ZONE);
    expect(local.timeMs).toBe(NINE_MS);
    if (days.push(local.date) === limit) break;
  }
  return days;
}

describe('a series', () => {
  // RFC 5545, section 3.8.5.3. Days of 1997 and 1998.
  it.each<[string, string, string[]]>([
    ['1997-09-02', 'FREQ=DAILY;COUNT=3', ['1997-09-02', '1997-09-03', '1997-09-04']],
    [
      '1997-09-02',
      'FREQ=DAILY;INTERVAL=10;COUNT=5',
      ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12'],
    ],
    ['1997-09-02', 'FREQ=DAILY;UNTIL=19970904T130000Z', ['1997-09-02', '1997-09-03', '1997-09-04']],
    [
      '1997-09-02',
      'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
      ['02', '04', '09', '11', '16', '18', '23', '25', '30'].map((day) => `1997-09-${day}`).concat('1997-10-02'),
    ],
    [
      '1997-09-01',
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=19970930T000000Z;WKST=SU;BYDAY=MO,WE,FR',
      ['01', '03', '05', '15', '17', '19', '29'].map((day) => `1997-09-${day}`),
    ],
    [
      '1997-08-05',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    ],
    [
      '1997-08-05',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    ],
    ['1997-09-05', 'FREQ=MONTHLY;COUNT=4;BYDAY=1FR', ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05']],
    [
      '1997-09-07',
      'FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU',
      ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30', '1998-01-04', '1998-01-25'],
    ],
    ['1997-09-22', 'FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', ['1997-09-22', '1997-10-20', '1997-11-17']],
    ['1997-09-28', 'FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3', ['1997-09-28', '1997-10-29', '1997-11-28']],
    ['1997-09-02', 'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15', ['1997-09-02', '1997-09-15', '1997-10-02', '1997-10-15']],
    ['1997-09-30', 'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1', ['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01']],
    ['1997-06-10', 'FREQ=YEARLY;COUNT=4;BYMONTH=6,7', ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10']],
    ['1997-03-13', 'FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4', ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05']],
    ['1998-02-13', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', ['1998-02-13', '1998-03-13', '1998-11-13']],
    ['1997-01-31', 'FREQ=MONTHLY;COUNT=3', ['1997-01-31', '1997-03-31', '1997-05-31']],
    ['2024-02-29', 'FREQ=YEARLY;COUNT=2', ['2024-02-29', '2028-02-29']],
  ])('from %s by %s', (date, rule, expected) => {
    expect(daysOf(date, [`RRULE:${rule}`])).toEqual(expected);
  });

  it('leaves out exceptions, adds further days, and gives none twice', () => {
    const lines = [
      'RRULE:FREQ=DAILY;COUNT=4',
      'EXDATE;TZID=America/New_York:19970903T090000',
      'EXDATE:19970904T130000Z',
      'RDATE;TZID=America/New_York:19970910T090000,19970902T090000',
    ];
    expect(daysOf('1997-09-02', lines)).toEqual(['1997-09-02', '1997-09-05', '1997-09-10']);
  });

  it('moves whole days by days, whatever the zone', () => {
    const times = { start: new Date('2026-03-28T00:00:00Z'), end: new Date('2026-03-30T00:00:00Z'), allDay: true };
    const lines = ['RRULE:FREQ=DAILY;INTERVAL=7;UNTIL=20260411', 'EXDATE;VALUE=DATE:20260404'];
    expect([...occurrencesOf(times, lines)].map(({ startDate, endDate }) => [startDate, endDate])).toEqual([
      ['2026-03-28', '2026-03-30'],
      ['2026-04-11', '2026-04-13'],
    ]);
  });

  it('of weeks keeps its wall time and its length, in any zone over years', () => {
    const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Sydney', 'UTC');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 4, max: 23 }), zones, (day, hour, zone) => {
        const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
        const start = instantAt({ date, timeMs: hour * 3_600_000 }, zone);
        const times = { start, end: new Date(start.getTime() + 5_400_000), startZone: zone };
        const all = [...occurrencesOf(times, ['RRULE:FREQ=WEEKLY;COUNT=60'])];
        expect(all).toHaveLength(60);
        for (const one of all) {
          expect(localTimeAt(one.start, zone).timeMs).toBe(hour * 3_600_000);
          expect(one.end.getTime() - one.start.getTime()).toBe(5_400_000);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('without days ends by itself', () => {
    expect(daysOf('1997-09-02', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2'])).toEqual([]);
  });

  it.each([
    ['FREQ=HOURLY', 'unsupported'],
    ['FREQ=DAILY;BYHOUR=9', 'unsupported'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1', 'unsupported'],
    ['FREQ=DAILY;INTERVAL=0', 'invalid_request'],
    ['FREQ=DAILY;COUNT=x', 'invalid_request'],
    ['FREQ=WEEKLY;BYDAY=XX', 'invalid_request'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'invalid_request'],
  ])('that says %s is refused: %s', (rule, code) => {
    expect(() => daysOf('1997-09-02', [`RRULE:${rule}`])).toThrow(
      expect.objectContaining({ code, field: 'recurrence' }),
    );
  });

  it.each([['DTSTART:19970902T090000'], ['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'], ['EXDATE:soon']])(
    'with lines that say something else is refused: %j',
    (...lines) => {
      expect(() => daysOf('1997-09-02', lines)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});

describe('a rule', () => {
  it.each([
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;BYDAY=MO,WE;WKST=SU',
    'FREQ=MONTHLY;COUNT=6;BYDAY=1SU,-1SU',
    'FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=6,7',
  ])('is written as it was read: %s', (text) => {
    expect(formatRule(parseRule(text))).toBe(text);
  });
});
