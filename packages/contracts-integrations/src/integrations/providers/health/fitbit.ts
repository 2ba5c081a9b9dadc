export { fitbitIntegrationSpec, registerFitbitIntegration } from '@mortise/provider-health/specs';
