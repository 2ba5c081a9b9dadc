import { isDateOnly, parseDateOnly } from '@mortise/core';
import { timeError } from './health-time-error.ts';
import { offsetSecondsAt, writeInstant, type ZoneOrOffset } from './zone-offset.ts';

const LOCAL = /^(?<day>\d{4}-\d{2}-\d{2})T(?<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(?<fraction>\d{1,9}))?$/;
/** No zone's offset is further from UTC, so that the true moment lies within. */
const WIDEST_MS = 26 * 60 * 60 * 1000;

export interface LocalTimeOptions {
  /**
   * Which moment is meant where the clocks showed the time twice. For a time that they skipped: the earlier or the later
   * of the moments that the offsets before and after the change give. Default `reject`.
   */
  readonly ambiguous?: 'earlier' | 'later' | 'reject';
}

/**
 * The instant of a local time, for vendors that send one without an offset: `2026-03-29T07:00:00` in `Europe/Paris` is
 * `2026-03-29T07:00:00+02:00`.
 *
 * @param zone The person's zone, or the offset that the vendor sends beside the time.
 * @throws {HealthTimeError} `INVALID_LOCAL_TIME`, `UNKNOWN_ZONE`; `LOCAL_TIME_SKIPPED`, `LOCAL_TIME_AMBIGUOUS` where
 *   the clocks were put forward or back and `ambiguous` is `reject`.
 */
export function instantOfLocalTime(local: string, zone: ZoneOrOffset, options: LocalTimeOptions = {}): string {
  const { day = '', time = '', fraction } = LOCAL.exec(local)?.groups ?? {};
  if (!isDateOnly(day)) {
    throw timeError(
      'INVALID_LOCAL_TIME',
      `Expected a local time such as "2026-03-29T07:00:00", without an offset, got ${local.length} characters`,
    );
  }
  const wallMs = Date.parse(`${day}T${time}Z`);
  /** The moment at which a clock of this offset shows the time, with the offset that is really in force then. */
  const write = (seconds: number): string => {
    const epochMs = wallMs - seconds * 1000;
    return writeInstant(epochMs, offsetSecondsAt(zone, epochMs), fraction);
  };
  const candidates = offsetsAround(zone, wallMs);
  const [first, second] = candidates.filter((seconds) => offsetSecondsAt(zone, wallMs - seconds * 1000) === seconds);
  if (first !== undefined && second === undefined) return write(first);
  const { ambiguous = 'reject' } = options;
  if (first !== undefined && second !== undefined) {
    if (ambiguous === 'reject') {
      throw timeError('LOCAL_TIME_AMBIGUOUS', 'The clocks of the zone showed this time twice; say which one is meant');
    }
    // The larger offset comes first in time.
    return write(ambiguous === 'earlier' ? Math.max(first, second) : Math.min(first, second));
  }
  if (ambiguous === 'reject') {
    throw timeError('LOCAL_TIME_SKIPPED', 'The clocks of the zone were put past this time; say how it is to be read');
  }
  return write(ambiguous === 'earlier' ? Math.max(...candidates) : Math.min(...candidates));
}

/** The offsets that the zone has within a day of a clock time, in time order. */
function offsetsAround(zone: ZoneOrOffset, wallMs: number): number[] {
  const found = [wallMs - WIDEST_MS, wallMs, wallMs + WIDEST_MS].map((ms) => offsetSecondsAt(zone, ms));
  return [...new Set(found)];
}

/** Milliseconds since 1970 at which a clock that shows UTC shows the beginning of a day. */
export function dayAsUtcMs(day: string): number {
  const { year, month, day: dayOfMonth } = parseDateOnly(day);
  // `Date.UTC` takes the years 0 to 99 for those of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return date.getTime();
}
