export { HealthFeature } from '@mortise/provider-health';
