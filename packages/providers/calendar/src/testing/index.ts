export type { CalendarTestRunner } from './check-calendar-provider.ts';
export {
  calendarConformanceCases,
  checkCalendarProvider,
  describeCalendarProvider,
} from './check-calendar-provider.ts';
export type { CalendarConformanceTarget, CalendarSubject, CalendarSubjectSetup } from './conformance-target.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type { InMemoryCalendar } from './in-memory/calendar-store.ts';
export type {
  InMemoryCalendarNotice,
  InMemoryCalendarProviderOptions,
} from './in-memory/in-memory-calendar-provider.ts';
export { InMemoryCalendarProvider } from './in-memory/in-memory-calendar-provider.ts';
export { inMemoryCalendarTarget } from './in-memory-target.ts';
