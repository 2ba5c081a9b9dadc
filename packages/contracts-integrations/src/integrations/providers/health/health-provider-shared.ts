export type { HealthProviderSpecInput } from '@mortise/provider-health/specs';
export { defineHealthProviderSpec } from '@mortise/provider-health/specs';
