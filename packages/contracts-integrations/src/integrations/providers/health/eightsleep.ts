export { eightSleepIntegrationSpec, registerEightSleepIntegration } from '@mortise/provider-health/specs';
