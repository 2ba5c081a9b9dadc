import { isOffset, isZoneId, type Offset, offsetMinutes, type ZoneId } from '@mortise/core';
import { timeError } from './health-time-error.ts';
import { epochMsOf } from './instant.ts';

/** An IANA zone such as `Europe/Paris`, or an offset such as `+02:00`. */
export type ZoneOrOffset = string;

const FORMATS = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATS = 200;

/** The offset of a zone, or an offset itself, at a moment, in whole seconds east of UTC. */
export function offsetSecondsAt(zone: ZoneOrOffset, epochMs: number): number {
  if (isOffset(zone)) return offsetMinutes(zone) * 60;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(epochMs)) {
    // Years before our era come as `1 BC`; nothing was measured then.
    if (type !== 'literal') parts[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const localMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((localMs - Math.floor(epochMs / 1000) * 1000) / 1000);
}

/**
 * The offset of a zone at an instant, such as `+02:00`; rounded to the minute, since ISO 8601 has no finer one.
 *
 * @throws {HealthTimeError} `INVALID_INSTANT`, `UNKNOWN_ZONE`
 */
export function zoneOffsetAt(instant: string, zone: ZoneId): Offset {
  return formatOffset(offsetSecondsAt(zone, epochMsOf(instant)));
}

function formatOffset(seconds: number): Offset {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const sign = seconds < 0 && minutes > 0 ? '-' : '+';
  return `${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * A moment as ISO 8601 text with the local offset. One whose offset is no whole minute, as before standard time, is
 * written in UTC.
 *
 * @param fraction Digits of the second beneath `epochMs`, which must be a whole second.
 */
export function writeInstant(epochMs: number, offsetSeconds: number, fraction?: string): string {
  const isWhole = offsetSeconds % 60 === 0;
  const text = new Date(epochMs + (isWhole ? offsetSeconds * 1000 : 0)).toISOString().slice(0, 19);
  return `${text}${fraction === undefined ? '' : `.${fraction}`}${isWhole ? formatOffset(offsetSeconds) : 'Z'}`;
}

function formatOf(zone: ZoneId): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  if (!isZoneId(zone)) {
    throw timeError('UNKNOWN_ZONE', `Expected an IANA zone or an offset, got ${zone.length} characters`);
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (FORMATS.size < MAX_FORMATS) FORMATS.set(zone, format);
  return format;
}
