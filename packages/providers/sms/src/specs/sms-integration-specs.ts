import type { IntegrationSpec } from '@mortise/core';
import { twilioSmsIntegrationSpec } from './twilio-sms.ts';

/** Every SMS spec that is shipped. */
export const smsIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([twilioSmsIntegrationSpec]);
