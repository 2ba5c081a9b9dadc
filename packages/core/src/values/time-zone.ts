import { CalendarError } from './calendar-error.ts';

/** Name of a time zone in the IANA database, such as `Europe/Paris`. */
export type ZoneId = string;

/** Distance from UTC, such as `+02:00`. Not a zone: it says nothing of any other day. */
export type Offset = string;

/** Whether a value names a time zone that this runtime knows; an offset is none. */
export function isZoneId(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Whether a value is an offset from `-23:59` to `+23:59`, as RFC 3339 writes it. */
export function isOffset(value: unknown): boolean {
  return typeof value === 'string' && /^[+-](?:[01]\d|2[0-3]):[0-5]\d$/.test(value);
}

/**
 * Minutes east of UTC.
 *
 * @throws {CalendarError} `INVALID_OFFSET`
 */
export function offsetMinutes(offset: Offset): number {
  if (!isOffset(offset)) {
    throw new CalendarError({
      code: 'INVALID_OFFSET',
      message: `Expected an offset such as "+02:00", got text of ${offset.length} characters`,
    });
  }
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith('-') ? 0 - minutes : minutes;
}
