export { registerTwilioSmsIntegration, twilioSmsIntegrationSpec } from '@mortise/provider-sms/specs';
