export { registerWhoopIntegration, whoopIntegrationSpec } from '@mortise/provider-health/specs';
