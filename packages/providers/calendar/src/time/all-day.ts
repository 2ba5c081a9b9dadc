import { type DateOnly, IntegrationError, isDateOnly } from '@mortise/core';
import type { CalendarEventTimes } from '../model/event.ts';
import { dateOfDay, dayNumber } from './zone-time.ts';

const DAY_MS = 86_400_000;

/** Days of a whole-day event; the end is the day after the last. */
export interface AllDayDates {
  readonly startDate: DateOnly;
  readonly endDate: DateOnly;
}

/**
 * Which days a whole-day event takes: its dates, else `start` and `end`, which must be at 00:00 UTC.
 *
 * @throws {IntegrationError} `invalid_request` for a time of day, which lies on different days in different zones, and for an end
 *   that is not after the start
 */
export function allDayDates(times: CalendarEventTimes): AllDayDates {
  const startDate = dateOf('start', times.startDate, times.start);
  const endDate = dateOf('end', times.endDate, times.end);
  if (dayNumber(endDate) > dayNumber(startDate)) return { startDate, endDate };
  throw refused('endDate', 'expected the day after the last day, which is later than startDate');
}

/** `start` and `end` of a whole-day event, for those who need instants: its dates at 00:00 UTC. */
export function allDayInstants({ startDate, endDate }: AllDayDates): { start: Date; end: Date } {
  return { start: new Date(`${startDate}T00:00:00Z`), end: new Date(`${endDate}T00:00:00Z`) };
}

function dateOf(name: 'start' | 'end', date: DateOnly | undefined, instant: Date): DateOnly {
  if (date !== undefined) {
    if (isDateOnly(date)) return date;
    throw refused(`${name}Date`, 'expected a day that exists, as YYYY-MM-DD');
  }
  const ms = instant.getTime();
  if (ms % DAY_MS === 0) return dateOfDay(ms / DAY_MS);
  throw refused(`${name}Date`, `expected it for a whole-day event, or "${name}" at 00:00 UTC, not a time of day`);
}

function refused(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${message}` });
}
