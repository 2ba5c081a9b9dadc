import type { IntegrationSpec } from '@mortise/core';
import { googleCalendarIntegrationSpec } from './google-calendar.ts';

/** Every calendar spec that is shipped. */
export const calendarIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([googleCalendarIntegrationSpec]);
