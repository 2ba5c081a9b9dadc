export type { IntegrationHealthCheckExecutor } from '../compat/integration-health-service.ts';
export type { IntegrationHealthCheckResult, IntegrationHealthServiceOptions } from '@mortise/health';
export { IntegrationHealthService } from '../compat/integration-health-service.ts';
