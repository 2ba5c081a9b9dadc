export { HealthCapability } from '@mortise/provider-health';
