export { calendarIntegrationSpecs } from './calendar-integration-specs.ts';
export { googleCalendarIntegrationSpec, registerGoogleCalendarIntegration } from './google-calendar.ts';
