import type { DateOnly } from '@mortise/core';
import type { HealthEntity } from '../model/entity.ts';
import type { HealthSleep } from '../model/sleep.ts';
import { compareInstants } from './instant.ts';
import { type LocalPlace, localDateOf, localDayBounds } from './local-day.ts';

/**
 * The instant by which a record is found in a window: its start, its measurement or its logging. A record that is known
 * by its day alone counts from the beginning of that day in its zone or offset, else in UTC.
 *
 * @returns Undefined for a record without any time.
 */
export function recordTimeOf({ entityType, record }: HealthEntity): string | undefined {
  const { localDate } = record;
  const own =
    entityType === 'biometric' ? record.measuredAt : entityType === 'nutrition' ? record.loggedAt : record.startedAt;
  if (own !== undefined || localDate === undefined) return own;
  return localDayBounds(localDate, record.timeZone ?? record.zoneOffset ?? '+00:00').start;
}

/** Whether an instant is in a half-open window: `from` is, `to` is not. An absent end does not limit. */
export function isInWindow(instant: string, window: { readonly from?: string; readonly to?: string }): boolean {
  const { from, to } = window;
  return (
    (from === undefined || compareInstants(instant, from) >= 0) &&
    (to === undefined || compareInstants(instant, to) < 0)
  );
}

/**
 * The day that a record belongs to: the one that the vendor filed it under, else the local day of its time. A sleep
 * belongs to the day on which it ended, as on the vendors' own screens.
 *
 * @returns Undefined where neither the vendor nor an offset or zone tells.
 */
export function recordDayOf(entity: HealthEntity): DateOnly | undefined {
  if (entity.entityType === 'sleep') return sleepDay(entity.record);
  const { record } = entity;
  if (record.localDate !== undefined) return record.localDate;
  const time = recordTimeOf(entity);
  return time === undefined ? undefined : localDateOf(time, placeOf(record));
}

/**
 * The day that a sleep belongs to: the one that the vendor filed it under, else the local day on which it ended.
 *
 * `zoneOffset` holds for the start. Over a DST change the end is an hour off by it; the day is right all the same,
 * unless the sleep ends within that hour of midnight. A `timeZone` or an offset in `endedAt` has no such doubt.
 */
export function sleepDay(sleep: HealthSleep): DateOnly | undefined {
  const { localDate, endedAt, timeZone, zoneOffset } = sleep;
  if (localDate !== undefined) return localDate;
  if (timeZone !== undefined) return localDateOf(endedAt, { timeZone });
  return localDateOf(endedAt) ?? (zoneOffset === undefined ? undefined : localDateOf(endedAt, { zoneOffset }));
}

/** The place of a record, without fields that are undefined. */
export function placeOf({ timeZone, zoneOffset }: LocalPlace): LocalPlace {
  return { ...(timeZone === undefined ? {} : { timeZone }), ...(zoneOffset === undefined ? {} : { zoneOffset }) };
}

/** Orders records by time, those without one last; records of one time by the vendor's id and the connection, so that the order is total. */
export function compareEntities(left: HealthEntity, right: HealthEntity): number {
  const [one, other] = [left, right].map(recordTimeOf);
  if (one !== undefined && other !== undefined) {
    const order = compareInstants(one, other);
    if (order !== 0) return order;
  } else if (one !== other) {
    return one === undefined ? 1 : -1;
  }
  return (
    compareText(left.record.externalId, right.record.externalId) ||
    compareText(left.record.connectionId, right.record.connectionId)
  );
}

/** By code units, not by any language's rules, so that the order is the same everywhere. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
