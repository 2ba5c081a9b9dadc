export type { HealthGuardResult } from '@mortise/provider-health';
export { assertPrimaryHealthReady, ensurePrimaryHealthIntegration } from '@mortise/provider-health';
