import { type DateOnly, IntegrationError, type ZoneId } from '@mortise/core';
import type { CalendarEventTimes } from '../model/event.ts';
import { allDayDates } from './all-day.ts';
import { parseRule, type RecurrenceRule, ruleDays } from './recurrence-rule.ts';
import { dateOfDay, dayNumber, instantAt, localTimeAt } from './zone-time.ts';

/** When an instance of a series is, if it was not moved. */
export interface Occurrence {
  /** For whole-day events the day at 00:00 UTC. */
  readonly start: Date;
  readonly end: Date;
  readonly startDate?: DateOnly;
  readonly endDate?: DateOnly;
}

/** A series as its lines say it. */
export interface Recurrence {
  readonly rule?: RecurrenceRule;
  /** Starts that come besides those of the rule, in epoch milliseconds; days at 00:00 UTC. */
  readonly added: readonly number[];
  readonly left: ReadonlySet<number>;
}

/**
 * Reads the lines of a series: one `RRULE` at most, and any `RDATE` and `EXDATE`.
 *
 * @param zone Zone of times without one of their own.
 * @throws {IntegrationError} `invalid_request`, `unsupported`
 */
export function parseRecurrence(lines: readonly string[], zone: ZoneId): Recurrence {
  let rule: RecurrenceRule | undefined;
  const added: number[] = [];
  const left = new Set<number>();
  for (const line of lines) {
    const at = line.indexOf(':');
    const [name = '', ...params] = line.slice(0, at).toUpperCase().split(';');
    const values = line.slice(at + 1);
    const own = params.find((param) => param.startsWith('TZID='));
    const stampZone = own === undefined ? zone : line.slice(line.toUpperCase().indexOf('TZID=') + 5, at).split(';')[0];
    const stamps = (): number[] => values.split(',').map((stamp) => parseStamp(stamp, stampZone ?? zone));
    if (name === 'RRULE' && rule === undefined) rule = parseRule(values);
    else if (name === 'RDATE') added.push(...stamps());
    else if (name === 'EXDATE') for (const stamp of stamps()) left.add(stamp);
    else throw malformed('expected lines RRULE, RDATE and EXDATE, and one RRULE at most');
  }
  return { ...(rule === undefined ? {} : { rule }), added, left };
}

/**
 * The instances of a series by start, without those of `EXDATE`. A series keeps its wall time in `startZone` (UTC where there is
 * none), and every instance lasts as long as the first. Without an end it never ends: take what is needed.
 *
 * @throws {IntegrationError} `invalid_request`, `unsupported`
 */
export function* occurrencesOf(times: CalendarEventTimes, lines: readonly string[]): Generator<Occurrence, void> {
  const zone = times.startZone ?? 'UTC';
  const { rule, added, left } = parseRecurrence(lines, zone);
  const make = times.allDay === true ? wholeDays(times) : timed(times, zone);
  const extra = [...added].sort((a, b) => a - b);
  let lastMs = -Infinity;
  const take = function* (startMs: number): Generator<Occurrence, void> {
    if (startMs > lastMs && !left.has(startMs)) yield make.at(startMs);
    lastMs = Math.max(lastMs, startMs);
  };
  for (const startMs of rule === undefined ? [make.firstMs] : ruleStarts(rule, make)) {
    while (extra[0] !== undefined && extra[0] < startMs) yield* take(extra.shift() ?? startMs);
    yield* take(startMs);
  }
  for (const startMs of extra) yield* take(startMs);
}

interface Maker {
  readonly firstMs: number;
  readonly firstDate: DateOnly;
  /** Start on a day, in epoch milliseconds. */
  on(date: DateOnly): number;
  at(startMs: number): Occurrence;
}

function* ruleStarts(rule: RecurrenceRule, make: Maker): Generator<number, void> {
  // A day alone includes all of it.
  const untilMs =
    rule.until === undefined
      ? Infinity
      : /T/.test(rule.until)
        ? parseStamp(rule.until, 'UTC')
        : parseStamp(rule.until, 'UTC') + 86_399_999;
  let count = 0;
  for (const date of ruleDays(rule, make.firstDate)) {
    const startMs = make.on(date);
    if (startMs > untilMs || count === (rule.count ?? Infinity)) return;
    count += 1;
    yield startMs;
  }
}

function timed(times: CalendarEventTimes, zone: ZoneId): Maker {
  const { date, timeMs } = localTimeAt(times.start, zone);
  const lengthMs = times.end.getTime() - times.start.getTime();
  return {
    firstMs: times.start.getTime(),
    firstDate: date,
    // The first stays the instant that it is, also where its wall time comes twice.
    on: (day) => (day === date ? times.start : instantAt({ date: day, timeMs }, zone)).getTime(),
    at: (startMs) => ({ start: new Date(startMs), end: new Date(startMs + lengthMs) }),
  };
}

function wholeDays(times: CalendarEventTimes): Maker {
  const { startDate, endDate } = allDayDates(times);
  const length = dayNumber(endDate) - dayNumber(startDate);
  return {
    firstMs: Date.parse(`${startDate}T00:00:00Z`),
    firstDate: startDate,
    on: (day) => Date.parse(`${day}T00:00:00Z`),
    at: (startMs) => {
      const day = startMs / 86_400_000;
      const end = dateOfDay(day + length);
      return {
        start: new Date(startMs),
        end: new Date(`${end}T00:00:00Z`),
        startDate: dateOfDay(day),
        endDate: end,
      };
    },
  };
}

/** Epoch milliseconds of a date or time of RFC 5545: `20260330`, `20260330T090000`, `20260330T070000Z`. */
function parseStamp(stamp: string, zone: ZoneId): number {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i.exec(stamp.trim());
  if (match === null) throw malformed('expected dates such as 20260330 or 20260330T070000Z');
  const [, year, month, day, hour, minute, second, utc] = match;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return Date.parse(`${date}T00:00:00Z`);
  if (utc !== '') return Date.parse(`${date}T${hour}:${minute}:${second}Z`);
  const timeMs = (Number(hour) * 3_600 + Number(minute) * 60 + Number(second)) * 1_000;
  return instantAt({ date, timeMs }, zone).getTime();
}

function malformed(message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: 'recurrence', message: `recurrence: ${message}` });
}
