import { type DateOnly, IntegrationError, type ZoneId } from '@mortise/core';

/** What clocks and calendars on the wall show. */
export interface LocalTime {
  readonly date: DateOnly;
  /** Milliseconds since midnight, as the clock counts them: below 86,400,000. */
  readonly timeMs: number;
}

const DAY_MS = 86_400_000;
const formats = new Map<ZoneId, Intl.DateTimeFormat>();

/**
 * What the wall shows in a zone at an instant.
 *
 * @throws {IntegrationError} `invalid_request` for a zone that this runtime does not know
 */
export function localTimeAt(instant: Date, zone: ZoneId): LocalTime {
  return split(instant.getTime() + offsetMsAt(instant.getTime(), zone));
}

/**
 * The instant at which the wall shows a time. Of a time that comes twice, as clocks are put back, the first; a time that is left
 * out, as they are put forward, counts by the offset before that, as RFC 5545 has it: 02:30 becomes 03:30.
 *
 * @throws {IntegrationError} `invalid_request`
 */
export function instantAt(local: LocalTime, zone: ZoneId): Date {
  const wallMs = dayNumber(local.date) * DAY_MS + local.timeMs;
  // Offsets change by hours and hardly ever twice within two days.
  const before = offsetMsAt(wallMs - DAY_MS, zone);
  const after = offsetMsAt(wallMs + DAY_MS, zone);
  for (const offset of [before, after]) {
    if (offsetMsAt(wallMs - offset, zone) === offset) return new Date(wallMs - offset);
  }
  return new Date(wallMs - before);
}

function offsetMsAt(epochMs: number, zone: ZoneId): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const year = part('year');
  const wall = Date.UTC(year, part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(epochMs / 1_000) * 1_000;
}

function formatOf(zone: ZoneId): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
    return format;
  } catch {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'startZone',
      message: 'Expected the name of a time zone such as "Europe/Paris", got another text',
    });
  }
}

function split(wallMs: number): LocalTime {
  const day = Math.floor(wallMs / DAY_MS);
  return { date: dateOfDay(day), timeMs: wallMs - day * DAY_MS };
}

/** Days since 1970-01-01. */
export function dayNumber(date: DateOnly): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOfDay(day: number): DateOnly {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
