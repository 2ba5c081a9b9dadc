export { smsIntegrationSpecs } from './sms-integration-specs.ts';
export { registerTwilioSmsIntegration, twilioSmsIntegrationSpec } from './twilio-sms.ts';
