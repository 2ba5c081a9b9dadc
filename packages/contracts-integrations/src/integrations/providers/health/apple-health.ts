export { appleHealthIntegrationSpec, registerAppleHealthIntegration } from '@mortise/provider-health/specs';
