import { isDateOnly, type Offset, offsetMinutes } from '@mortise/core';
import { timeError } from './health-time-error.ts';

const INSTANT =
  /^(?<day>\d{4}-\d{2}-\d{2})T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const NANOSECONDS = 1_000_000_000n;

/** An instant taken apart. */
export interface ParsedInstant {
  /** Nanoseconds since 1970 in UTC, exact. */
  readonly epochNs: bigint;
  /** Offset as written; `Z` is `+00:00`. */
  readonly offset: Offset;
  /** False for `Z`: the writer says nothing of a local time. */
  readonly hasLocalOffset: boolean;
}

/**
 * An instant from ISO 8601 text with an offset and up to nine digits of a second. A time without an offset is refused:
 * which day it belongs to cannot be told.
 *
 * @throws {HealthTimeError} `INVALID_INSTANT`
 */
export function parseInstant(text: string): ParsedInstant {
  const parts = INSTANT.exec(text)?.groups;
  const { day = '', hour = '', minute = '', second = '', fraction = '', zone = '' } = parts ?? {};
  if (parts === undefined || !isDateOnly(day)) {
    throw timeError(
      'INVALID_INSTANT',
      `Expected an instant such as "2026-03-29T07:00:00+02:00", got ${text.length} characters`,
    );
  }
  const isUtc = zone.toUpperCase() === 'Z';
  const offset = isUtc ? '+00:00' : zone;
  const localMs = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  const seconds = BigInt(localMs / 1000 - offsetMinutes(offset) * 60);
  return {
    epochNs: seconds * NANOSECONDS + BigInt(fraction.padEnd(9, '0')),
    offset,
    hasLocalOffset: !isUtc,
  };
}

/**
 * Milliseconds since 1970; finer parts are cut off.
 *
 * @throws {HealthTimeError} `INVALID_INSTANT`
 */
export function epochMsOf(instant: string): number {
  const { epochNs } = parseInstant(instant);
  // Towards the past also before 1970, so that order is kept.
  const ms = epochNs / 1_000_000n;
  return Number(epochNs % 1_000_000n < 0n ? ms - 1n : ms);
}

/** Negative where the first instant is earlier, 0 where both are the same moment whatever their offsets. */
export function compareInstants(left: string, right: string): number {
  const difference = parseInstant(left).epochNs - parseInstant(right).epochNs;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * Elapsed seconds from one instant to another, exact to the nanosecond: a night of the DST change has an hour less or
 * more than its clock times say.
 *
 * @throws {HealthTimeError} `INVALID_INSTANT`; `NEGATIVE_DURATION`: the end is before the start.
 */
export function secondsBetween(start: string, end: string): number {
  const elapsed = parseInstant(end).epochNs - parseInstant(start).epochNs;
  if (elapsed < 0n) throw timeError('NEGATIVE_DURATION', 'The end is before the start');
  const whole = elapsed / NANOSECONDS;
  // Through text, since a sum of floats would not be the closest number.
  return Number(`${whole}.${String(elapsed % NANOSECONDS).padStart(9, '0')}`);
}
