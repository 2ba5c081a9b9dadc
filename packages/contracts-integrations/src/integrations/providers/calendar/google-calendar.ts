export { googleCalendarIntegrationSpec, registerGoogleCalendarIntegration } from '@mortise/provider-calendar/specs';
