export { emailIntegrationSpecs } from './email-integration-specs.ts';
export { gmailIntegrationSpec, registerGmailIntegration } from './gmail.ts';
export { postmarkIntegrationSpec, registerPostmarkIntegration } from './postmark.ts';
export { registerResendIntegration, resendIntegrationSpec } from './resend.ts';
