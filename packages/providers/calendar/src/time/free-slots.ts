import { IntegrationError } from '@mortise/core';
import type { CalendarBusyTime, CalendarFindSlotsQuery, CalendarFreeBusy, CalendarSlot } from '../model/free-busy.ts';

const MINUTE_MS = 60_000;

/** Taken times in order and without overlaps. Where a certain and a tentative one overlap, the whole counts as certain. */
export function mergeBusyTimes(times: readonly CalendarBusyTime[]): CalendarBusyTime[] {
  const merged: CalendarBusyTime[] = [];
  for (const time of [...times].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const last = merged.at(-1);
    if (last === undefined || time.start > last.end) {
      merged.push(time);
      continue;
    }
    const end = time.end > last.end ? time.end : last.end;
    const status = last.status === 'busy' || time.status === 'busy' ? 'busy' : 'tentative';
    merged[merged.length - 1] = { start: last.start, end, status };
  }
  return merged;
}

/**
 * Times at which nobody is taken, earliest first.
 *
 * @throws {IntegrationError} `partial_failure` where one calendar could not be read; `invalid_request`
 */
export function freeSlots(query: CalendarFindSlotsQuery, known: readonly CalendarFreeBusy[]): CalendarSlot[] {
  const { from, to, durationMinutes, stepMinutes = 30, countsTentative = true, maxResults = 50 } = query;
  if (!(durationMinutes > 0) || !(stepMinutes > 0)) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'durationMinutes',
      message: 'durationMinutes, stepMinutes: expected numbers above 0',
    });
  }
  const failed = known.find(({ error }) => error !== undefined);
  if (failed?.error !== undefined) {
    throw new IntegrationError({
      code: 'partial_failure',
      message: 'One of the calendars could not be read, so that nobody knows when all are free',
      cause: failed.error,
    });
  }
  const taken = mergeBusyTimes(
    known.flatMap(({ busy }) => busy.filter(({ status }) => countsTentative || status === 'busy')),
  );
  const slots: CalendarSlot[] = [];
  const lengthMs = durationMinutes * MINUTE_MS;
  for (
    let at = from.getTime();
    at + lengthMs <= to.getTime() && slots.length < maxResults;
    at += stepMinutes * MINUTE_MS
  ) {
    const end = at + lengthMs;
    const isFree = !taken.some((time) => time.start.getTime() < end && time.end.getTime() > at);
    if (isFree) slots.push({ start: new Date(at), end: new Date(end) });
  }
  return slots;
}
