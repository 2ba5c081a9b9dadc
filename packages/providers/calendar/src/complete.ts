import { type CallOptions, IntegrationError, iterate, type PagedItems } from '@mortise/core';
import type { CalendarProvider } from './calendar-provider.ts';
import type { CalendarEvent } from './model/event.ts';
import type { CalendarListEventsQuery } from './model/list-events.ts';
import { freeSlots } from './time/free-slots.ts';

/** A provider with every optional method in place. */
export type CompleteCalendarProvider = Required<Omit<CalendarProvider, 'capabilities'>> &
  Pick<CalendarProvider, 'capabilities'>;

/**
 * Fills in what a provider lacks: `findSlots` from `queryFreeBusy`, and each other method as one that rejects with `unsupported`. Methods
 * that the provider has are used as they are.
 */
export function complete(provider: CalendarProvider): CompleteCalendarProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    listEvents: (query, options) => provider.listEvents(query, options),
    createEvent: (input, options) => provider.createEvent(input, options),
    updateEvent: (calendarId, eventId, input, options) => provider.updateEvent(calendarId, eventId, input, options),
    deleteEvent: (calendarId, eventId, options) => provider.deleteEvent(calendarId, eventId, options),
    getEvent: (calendarId, eventId, options) =>
      provider.getEvent?.(calendarId, eventId, options) ?? unsupported('getEvent'),
    listCalendars: (options) => provider.listCalendars?.(options) ?? unsupported('listCalendars'),
    listChanges: (calendarId, cursor, options) =>
      provider.listChanges?.(calendarId, cursor, options) ?? unsupported('listChanges'),
    queryFreeBusy: (query, options) => provider.queryFreeBusy?.(query, options) ?? unsupported('queryFreeBusy'),
    findSlots: async (query, options) => {
      if (provider.findSlots !== undefined) return provider.findSlots(query, options);
      return freeSlots(query, await (provider.queryFreeBusy?.(query, options) ?? unsupported('findSlots')));
    },
    respondToEvent: (calendarId, eventId, response, options) =>
      provider.respondToEvent?.(calendarId, eventId, response, options) ?? unsupported('respondToEvent'),
    moveEvent: (calendarId, eventId, target, options) =>
      provider.moveEvent?.(calendarId, eventId, target, options) ?? unsupported('moveEvent'),
    listInstances: (calendarId, eventId, query, options) =>
      provider.listInstances?.(calendarId, eventId, query, options) ?? unsupported('listInstances'),
    watch: (input, options) => provider.watch?.(input, options) ?? unsupported('watch'),
    renewWatch: (watch, options) => provider.renewWatch?.(watch, options) ?? unsupported('renewWatch'),
    stopWatch: (watch, options) => provider.stopWatch?.(watch, options) ?? unsupported('stopWatch'),
    importEvent: (calendarId, text, options) =>
      provider.importEvent?.(calendarId, text, options) ?? unsupported('importEvent'),
    exportEvent: (calendarId, eventId, options) =>
      provider.exportEvent?.(calendarId, eventId, options) ?? unsupported('exportEvent'),
  };
}

/** Every event that a query names, page by page as they are asked for. Can be gone through once. */
export function listAllEvents(
  provider: Pick<CalendarProvider, 'listEvents'>,
  query: Omit<CalendarListEventsQuery, 'pageToken'>,
  options: CallOptions = {},
): PagedItems<CalendarEvent> {
  return iterate(
    async (cursor, signal) => {
      const paged = cursor === undefined ? query : { ...query, pageToken: cursor };
      const { events: items, nextPageToken } = await provider.listEvents(paged, { ...options, signal });
      return nextPageToken === undefined
        ? { items, hasMore: false }
        : { items, hasMore: true, nextCursor: nextPageToken };
    },
    options.signal === undefined ? {} : { signal: options.signal },
  );
}

function unsupported(method: string): Promise<never> {
  return Promise.reject(
    new IntegrationError({ code: 'unsupported', message: `This calendar provider has no method "${method}"` }),
  );
}
