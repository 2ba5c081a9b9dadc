export type {
  CalendarAttendee,
  CalendarEvent,
  CalendarEventInput,
  CalendarEventUpdateInput,
  CalendarListEventsQuery,
  CalendarListEventsResult,
  CalendarProvider,
  CalendarReminder,
} from '@mortise/provider-calendar';
