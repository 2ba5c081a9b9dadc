export type {
  HealthRuntimeStrategyOptions,
  HealthTransportStrategy,
  IntegrationCallError,
  IntegrationCallGuardOptions,
  IntegrationInvocationStatus,
  IntegrationTelemetryEmitter,
  IntegrationTelemetryEvent,
  IntegrationTraceMetadata,
  TransportResolver,
} from '@mortise/runtime';
export type { IntegrationCallContext, IntegrationContext } from '../compat/integration-context.ts';
export type { IntegrationCallResult } from '../compat/integration-call-result.ts';
export {
  DEFAULT_HEALTH_STRATEGY_ORDER,
  DefaultTransportResolver,
  connectionStatusLabel,
  ensureConnectionReady,
  isUnofficialHealthProviderAllowed,
  resolveAuthMethod,
  resolveHealthStrategyOrder,
  resolveIntegrationRequestContext,
} from '@mortise/runtime';
export { IntegrationCallGuard } from '../compat/integration-call-guard.ts';
