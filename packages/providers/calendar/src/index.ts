export type { CalendarAttendee, CalendarPerson, CalendarReminder, CalendarResponseStatus } from './model/attendee.ts';
export type {
  CalendarAttachment,
  CalendarConferenceDetails,
  CalendarEvent,
  CalendarEventDetails,
  CalendarEventStatus,
  CalendarEventTimes,
  CalendarVisibility,
} from './model/event.ts';
export type {
  CalendarConferenceType,
  CalendarCreateOptions,
  CalendarEventInput,
  CalendarEventUpdateInput,
  CalendarMutationOptions,
  CalendarNotify,
  CalendarScope,
} from './model/event-input.ts';
export type {
  CalendarListEventsQuery,
  CalendarListEventsResult,
  CalendarListInstancesQuery,
} from './model/list-events.ts';
export type { Calendar, CalendarResponse, CalendarWatch, CalendarWatchInput } from './model/calendar.ts';
export type {
  CalendarBusyTime,
  CalendarFindSlotsQuery,
  CalendarFreeBusy,
  CalendarFreeBusyQuery,
  CalendarSlot,
} from './model/free-busy.ts';
export type { CalendarCapabilities, CalendarFeature, CalendarMethod } from './model/capabilities.ts';

export type { CalendarProvider } from './calendar-provider.ts';
export type { CompleteCalendarProvider } from './complete.ts';
export { complete, listAllEvents } from './complete.ts';

export type { AllDayDates } from './time/all-day.ts';
export { allDayDates, allDayInstants } from './time/all-day.ts';
export { freeSlots, mergeBusyTimes } from './time/free-slots.ts';
export type { Occurrence } from './time/recurrence.ts';
export { occurrencesOf } from './time/recurrence.ts';
export type { LocalTime } from './time/zone-time.ts';
export { instantAt, localTimeAt } from './time/zone-time.ts';

export type { PortableCalendarEvent } from './schema/event-schema.ts';
export { CalendarEventSchema, reviveCalendarEvent } from './schema/event-schema.ts';
