import { IntegrationError } from '@mortise/core';
import type { CalendarAttendee } from '../../model/attendee.ts';
import type { CalendarEvent, CalendarEventTimes } from '../../model/event.ts';
import type { CalendarEventInput, CalendarEventUpdateInput } from '../../model/event-input.ts';
import { allDayDates, allDayInstants } from '../../time/all-day.ts';
import { parseRecurrence } from '../../time/recurrence.ts';
import { localTimeAt } from '../../time/zone-time.ts';

/**
 * Times as they are kept: whole days with both their dates and instants, others with instants and zones.
 *
 * @throws {IntegrationError} `invalid_request`
 */
export function normalTimes(times: CalendarEventTimes): CalendarEventTimes {
  const { start, end, startZone, endZone } = times;
  if (times.allDay === true) {
    const dates = allDayDates(times);
    return { ...allDayInstants(dates), ...dates, allDay: true };
  }
  for (const zone of [startZone, endZone]) if (zone !== undefined) localTimeAt(new Date(0), zone);
  if (Number.isNaN(start.getTime()) || !(end >= start)) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'end',
      message: 'start, end: expected instants, and an end that is not before the start',
    });
  }
  return {
    start: new Date(start),
    end: new Date(end),
    ...(times.allDay === false ? { allDay: false } : {}),
    ...(startZone === undefined ? {} : { startZone }),
    ...(endZone === undefined ? {} : { endZone }),
  };
}

const KEPT_WORDS = [
  'title',
  'description',
  'location',
  'attendees',
  'reminders',
  'metadata',
  'recurrence',
  'iCalUid',
  'status',
  'visibility',
  'transparency',
  'attachments',
  'color',
  'eventType',
] as const;

/** What an input says of an event besides its times, as a copy. */
export function wordsOf(input: CalendarEventInput): Pick<CalendarEvent, (typeof KEPT_WORDS)[number]> {
  checkRecurrence(input.recurrence, input.startZone);
  const said = KEPT_WORDS.filter((name) => input[name] !== undefined);
  return { title: input.title, ...Object.fromEntries(said.map((name) => [name, structuredClone(input[name])])) };
}

const CLEARABLE = [
  'description',
  'location',
  'reminders',
  'metadata',
  'recurrence',
  'visibility',
  'transparency',
  'attachments',
  'color',
] as const;

/**
 * The event as an update leaves it: null clears, what is absent stays.
 *
 * @throws {IntegrationError} `invalid_request`
 */
export function applyUpdate(event: CalendarEvent, input: CalendarEventUpdateInput): CalendarEvent {
  const changed: Record<string, unknown> = { ...event };
  for (const name of CLEARABLE) {
    if (input[name] === null) delete changed[name];
    else if (input[name] !== undefined) changed[name] = structuredClone(input[name]);
  }
  if (input.title !== undefined) changed['title'] = input.title;
  if (input.status !== undefined) changed['status'] = input.status;
  if (input.attendees === null) delete changed['attendees'];
  else if (input.attendees !== undefined) {
    changed['attendees'] = mergeAttendees(
      input.replaceAttendees === true ? [] : (event.attendees ?? []),
      input.attendees,
    );
  }
  for (const name of TIMES) delete changed[name];
  checkRecurrence(input.recurrence ?? undefined, input.startZone ?? event.startZone);
  return Object.assign(changedEvent(event, changed), updatedTimes(event, input));
}

const TIMES = ['start', 'end', 'allDay', 'startZone', 'endZone', 'startDate', 'endDate'] as const;

function changedEvent(event: CalendarEvent, changed: Record<string, unknown>): CalendarEvent {
  const { id, calendarId, title, start, end } = event;
  return { id, calendarId, title, start, end, ...changed };
}

/** New instants make old dates void, and the other way round. */
function updatedTimes(event: CalendarEvent, input: CalendarEventUpdateInput): CalendarEventTimes {
  const allDay = input.allDay ?? event.allDay;
  const wasAllDay = event.allDay === true;
  const startDate = input.startDate ?? (input.start === undefined && wasAllDay ? event.startDate : undefined);
  const endDate = input.endDate ?? (input.end === undefined && wasAllDay ? event.endDate : undefined);
  const startZone = input.startZone ?? event.startZone;
  const endZone = input.endZone ?? event.endZone;
  return normalTimes({
    start: input.start ?? event.start,
    end: input.end ?? event.end,
    ...(allDay === undefined ? {} : { allDay }),
    ...(startZone === undefined ? {} : { startZone }),
    ...(endZone === undefined ? {} : { endZone }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  });
}

function mergeAttendees(known: readonly CalendarAttendee[], given: readonly CalendarAttendee[]): CalendarAttendee[] {
  const byAddress = new Map(known.map((attendee) => [attendee.email.toLowerCase(), attendee]));
  for (const attendee of given) byAddress.set(attendee.email.toLowerCase(), { ...attendee });
  return [...byAddress.values()];
}

/** A rule that nobody can follow is refused when it is written, not when it is read. */
function checkRecurrence(lines: readonly string[] | undefined, zone: string | undefined): void {
  if (lines !== undefined) parseRecurrence(lines, zone ?? 'UTC');
}
