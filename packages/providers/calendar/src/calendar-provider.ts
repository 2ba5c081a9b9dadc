import type { CallOptions, Changes, Page } from '@mortise/core';
import type { Calendar, CalendarResponse, CalendarWatch, CalendarWatchInput } from './model/calendar.ts';
import type { CalendarCapabilities } from './model/capabilities.ts';
import type { CalendarEvent } from './model/event.ts';
import type {
  CalendarCreateOptions,
  CalendarEventInput,
  CalendarEventUpdateInput,
  CalendarMutationOptions,
} from './model/event-input.ts';
import type {
  CalendarFindSlotsQuery,
  CalendarFreeBusy,
  CalendarFreeBusyQuery,
  CalendarSlot,
} from './model/free-busy.ts';
import type {
  CalendarListEventsQuery,
  CalendarListEventsResult,
  CalendarListInstancesQuery,
} from './model/list-events.ts';

/**
 * Calendars of an account. The first four methods are required; `complete(provider)` adds the others. Failures reject with core's
 * `IntegrationError`: `precondition_failed` for an `ifMatch` that no longer holds, `not_found` for a calendar or event that is not there,
 * `unsupported` for a recurrence rule that the provider does not know.
 */
export interface CalendarProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: CalendarCapabilities;

  /** One page of events. */
  listEvents(query: CalendarListEventsQuery, options?: CallOptions): Promise<CalendarListEventsResult>;

  /** @throws {IntegrationError} `conflict` for an `eventId` that was used before */
  createEvent(input: CalendarEventInput, options?: CalendarCreateOptions): Promise<CalendarEvent>;

  /**
   * Changes an event, a series, or instances of it; see `scope`. With `following` the later instances become a series of their own, which
   * is what comes back.
   */
  updateEvent(
    calendarId: string,
    eventId: string,
    input: CalendarEventUpdateInput,
    options?: CalendarMutationOptions,
  ): Promise<CalendarEvent>;

  /** Deletes an event, a series, or instances of it. One that is gone already is no error. */
  deleteEvent(calendarId: string, eventId: string, options?: CalendarMutationOptions): Promise<void>;

  /** An event, a series or an instance; null where there is none. */
  getEvent?(calendarId: string, eventId: string, options?: CallOptions): Promise<CalendarEvent | null>;

  listCalendars?(options?: CallOptions & { readonly cursor?: string }): Promise<Page<Calendar>>;

  /**
   * Events and series that came, changed or went since a cursor was handed out. Absent: nothing but a cursor for now.
   *
   * @throws {IntegrationError} `cursor_expired`: read everything again.
   */
  listChanges?(calendarId: string, cursor?: string, options?: CallOptions): Promise<Changes<CalendarEvent>>;

  /** When calendars or people are taken; one entry for each, in order, those that could not be read included. */
  queryFreeBusy?(query: CalendarFreeBusyQuery, options?: CallOptions): Promise<CalendarFreeBusy[]>;

  /** Times at which all are free. @throws {IntegrationError} `partial_failure` where one of them could not be read */
  findSlots?(query: CalendarFindSlotsQuery, options?: CallOptions): Promise<CalendarSlot[]>;

  /** Answers an invitation in the name of the calendar's owner. */
  respondToEvent?(
    calendarId: string,
    eventId: string,
    response: CalendarResponse,
    options?: CalendarMutationOptions,
  ): Promise<CalendarEvent>;

  /** Moves an event with its id into another calendar. */
  moveEvent?(
    calendarId: string,
    eventId: string,
    targetCalendarId: string,
    options?: CalendarMutationOptions,
  ): Promise<CalendarEvent>;

  /** Instances of a series, by start. */
  listInstances?(
    calendarId: string,
    eventId: string,
    query?: CalendarListInstancesQuery,
    options?: CallOptions,
  ): Promise<Page<CalendarEvent>>;

  watch?(input: CalendarWatchInput, options?: CallOptions): Promise<CalendarWatch>;

  /** Makes a watch last longer. The channel may be another one afterwards. */
  renewWatch?(watch: CalendarWatch, options?: CallOptions): Promise<CalendarWatch>;

  /** A watch that has ended is no error. */
  stopWatch?(watch: CalendarWatch, options?: CallOptions): Promise<void>;

  /** An event from iCalendar text (RFC 5545). */
  importEvent?(calendarId: string, iCalendar: string, options?: CalendarMutationOptions): Promise<CalendarEvent>;

  /** The event as iCalendar text; null where there is none. */
  exportEvent?(calendarId: string, eventId: string, options?: CallOptions): Promise<string | null>;
}
