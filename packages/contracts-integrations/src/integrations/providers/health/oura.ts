export { ouraIntegrationSpec, registerOuraIntegration } from '@mortise/provider-health/specs';
