export { postmarkIntegrationSpec, registerPostmarkIntegration } from '@mortise/provider-email/specs';
