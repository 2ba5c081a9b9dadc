export { gmailIntegrationSpec, registerGmailIntegration } from '@mortise/provider-email/specs';
