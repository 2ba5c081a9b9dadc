import type { CalendarEvent } from '../../model/event.ts';
import { type Occurrence, occurrencesOf } from '../../time/recurrence.ts';

/** An event as it is kept: what it says, and for a series the instances that differ. */
export interface Series {
  event: CalendarEvent;
  isDeleted: boolean;
  /** By original start in epoch milliseconds. */
  readonly overrides: Map<number, CalendarEvent>;
}

/** Longest look into a series without an end. */
const MAX_INSTANCES = 10_000;

/** Id of an instance: that of its series and its original start, as a day or an instant. */
function instanceIdOf(series: Series, originalStart: Date): string {
  const stamp = originalStart.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${series.event.id}_${series.event.allDay === true ? stamp.slice(0, 8) : stamp}`;
}

/** The id of the series and the original start in an instance's id; undefined for any other id. */
export function splitInstanceId(id: string): { readonly seriesId: string; readonly originalMs: number } | undefined {
  const match = /^(.+)_(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(id);
  if (match === null) return undefined;
  const [, seriesId = '', year, month, day, hour = '00', minute = '00', second = '00'] = match;
  return { seriesId, originalMs: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) };
}

/** The instances of a series that are in a half-open window, moved ones where they are now, cancelled ones included. */
export function instancesOf(series: Series, window: { readonly from: number; readonly to: number }): CalendarEvent[] {
  const { event, overrides } = series;
  if (event.recurrence === undefined) return isWithin(event, window) ? [event] : [];
  const instances: CalendarEvent[] = [];
  const moved = [...overrides.values()].filter((override) => isWithin(override, window));
  let count = 0;
  for (const occurrence of occurrencesOf(event, event.recurrence)) {
    count += 1;
    if (occurrence.start.getTime() >= window.to || count > MAX_INSTANCES) break;
    if (overrides.has(occurrence.start.getTime())) continue;
    const instance = describe(series, occurrence);
    if (isWithin(instance, window)) instances.push(instance);
  }
  return [...instances, ...moved];
}

/** One instance by its original start; undefined where the series has none. */
export function instanceAt(series: Series, originalMs: number): CalendarEvent | undefined {
  const override = series.overrides.get(originalMs);
  if (override !== undefined) return override;
  const { event } = series;
  if (event.recurrence === undefined) return undefined;
  let count = 0;
  for (const occurrence of occurrencesOf(event, event.recurrence)) {
    count += 1;
    const startMs = occurrence.start.getTime();
    if (startMs === originalMs) return describe(series, occurrence);
    if (startMs > originalMs || count > MAX_INSTANCES) return undefined;
  }
  return undefined;
}

/** How many instances the rule gives before a time. */
export function countBefore(series: Series, originalMs: number): number {
  let count = 0;
  for (const { start } of occurrencesOf(series.event, series.event.recurrence ?? [])) {
    if (start.getTime() >= originalMs || count > MAX_INSTANCES) break;
    count += 1;
  }
  return count;
}

/** Whether a series has an instance at or after a time. */
export function goesOnAfter({ event }: Series, epochMs: number): boolean {
  let count = 0;
  for (const { start } of occurrencesOf(event, event.recurrence ?? [])) {
    count += 1;
    if (start.getTime() >= epochMs || count > MAX_INSTANCES) return true;
  }
  return false;
}

/** From the start until before the end; a moment without length is where it begins. */
export function isWithin(
  { start, end }: Pick<CalendarEvent, 'start' | 'end'>,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const startMs = start.getTime();
  return startMs < to && (end.getTime() > from || (startMs === end.getTime() && startMs >= from));
}

function describe(series: Series, { start, end, startDate, endDate }: Occurrence): CalendarEvent {
  const { recurrence: _lines, startDate: _first, endDate: _last, ...event } = series.event;
  return {
    ...event,
    id: instanceIdOf(series, start),
    recurringEventId: series.event.id,
    originalStart: start,
    start,
    end,
    ...(startDate === undefined || endDate === undefined ? {} : { startDate, endDate }),
  };
}
