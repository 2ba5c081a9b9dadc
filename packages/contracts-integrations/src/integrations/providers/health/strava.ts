export { registerStravaIntegration, stravaIntegrationSpec } from '@mortise/provider-health/specs';
