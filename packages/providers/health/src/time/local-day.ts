import type { DateOnly, Offset, ZoneId } from '@mortise/core';
import { epochMsOf, parseInstant } from './instant.ts';
import { dayAsUtcMs } from './local-time.ts';
import { offsetSecondsAt, writeInstant, type ZoneOrOffset } from './zone-offset.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Where a person was, as far as known. */
export interface LocalPlace {
  readonly timeZone?: ZoneId;
  readonly zoneOffset?: Offset;
}

/**
 * The day that the calendar on the person's wall showed at an instant. The zone decides, then the offset, then the
 * offset that the instant is written with; an instant in `Z` without either has no local day.
 *
 * @returns Undefined where the place is not known.
 * @throws {HealthTimeError} `INVALID_INSTANT`, `UNKNOWN_ZONE`
 */
export function localDateOf(instant: string, place: LocalPlace = {}): DateOnly | undefined {
  const { offset, hasLocalOffset } = parseInstant(instant);
  const zone = place.timeZone ?? place.zoneOffset ?? (hasLocalOffset ? offset : undefined);
  if (zone === undefined) return undefined;
  const epochMs = epochMsOf(instant);
  return new Date(epochMs + offsetSecondsAt(zone, epochMs) * 1000).toISOString().slice(0, 10);
}

/** The day after or before another, by calendar. */
export function addDays(day: DateOnly, days: number): DateOnly {
  return new Date(dayAsUtcMs(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A half-open stretch of time. */
export interface LocalDayBounds {
  /** Instant, inclusive. */
  readonly start: string;
  /** Instant, exclusive: the start of the next day. */
  readonly end: string;
}

/**
 * When a local day begins and ends. It has 23 or 25 hours where the clocks change, may begin at another time than
 * midnight where midnight was skipped, and is empty where the whole day was.
 *
 * @throws {CalendarError} `INVALID_DATE_ONLY`
 * @throws {HealthTimeError} `UNKNOWN_ZONE`
 */
export function localDayBounds(day: DateOnly, zone: ZoneOrOffset): LocalDayBounds {
  return { start: startOfDay(day, zone), end: startOfDay(addDays(day, 1), zone) };
}

/** The first moment at which the wall shows this day or a later one. */
function startOfDay(day: DateOnly, zone: ZoneOrOffset): string {
  const midnightMs = dayAsUtcMs(day);
  const isReached = (epochMs: number): boolean => epochMs + offsetSecondsAt(zone, epochMs) * 1000 >= midnightMs;
  const offsets = [midnightMs - DAY_MS, midnightMs + DAY_MS].map((ms) => offsetSecondsAt(zone, ms));
  // With either offset in force all day, midnight would be at one of these.
  const guesses = offsets.map((seconds) => midnightMs - seconds * 1000).sort((a, b) => a - b);
  const found = guesses.find((ms) => isReached(ms) && !isReached(ms - 1000));
  const epochMs = found ?? searchStart(midnightMs, isReached);
  return writeInstant(epochMs, offsetSecondsAt(zone, epochMs));
}

/** For a midnight within the change of the clocks: the second at which the day is reached, by halving. */
function searchStart(midnightMs: number, isReached: (epochMs: number) => boolean): number {
  let before = midnightMs - 2 * DAY_MS;
  let after = midnightMs + 2 * DAY_MS;
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (isReached(middle)) after = middle;
    else before = middle;
  }
  return after;
}
