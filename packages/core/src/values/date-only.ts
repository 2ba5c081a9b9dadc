import { CalendarError } from './calendar-error.ts';

/** A day of the calendar, `YYYY-MM-DD`, without a time or a zone. Sorts as text. Never turned into a `Date` in data. */
export type DateOnly = string;

export interface CalendarDay {
  readonly year: number;
  /** From 1 to 12. */
  readonly month: number;
  /** From 1 to 31. */
  readonly day: number;
}

/** Whether a value is the text of a day that exists, leap years considered. */
export function isDateOnly(value: unknown): boolean {
  return readDay(value) !== undefined;
}

/**
 * The parts of a day.
 *
 * @throws {CalendarError} `INVALID_DATE_ONLY`
 */
export function parseDateOnly(text: string): CalendarDay {
  const day = readDay(text);
  if (day !== undefined) return day;
  throw new CalendarError({
    code: 'INVALID_DATE_ONLY',
    message: `Expected a day that exists, as YYYY-MM-DD, got text of ${text.length} characters`,
  });
}

function readDay(value: unknown): CalendarDay | undefined {
  const match = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? { year, month, day } : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
