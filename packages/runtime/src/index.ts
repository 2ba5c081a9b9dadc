export type { ResolutionProblem, ResolutionProblemCode } from './app-config/resolution-problem.ts';
export type { SpecLookup, ResolveAppConfigInput, ResolveAppConfigResult } from './app-config/resolve-app-config.ts';
export { resolveAppConfig } from './app-config/resolve-app-config.ts';
export type { GuardClock } from './clock.ts';
export { systemClock } from './clock.ts';
export {
  ConnectionNotReadyError,
  connectionStatusLabel,
  ensureConnectionReady,
  isConnectionReady,
} from './context/connection-readiness.ts';
export type { HealthRuntimeStrategyOptions, HealthTransportStrategy } from './context/health-strategy.ts';
export {
  DEFAULT_HEALTH_STRATEGY_ORDER,
  isUnofficialHealthProviderAllowed,
  resolveHealthStrategyOrder,
} from './context/health-strategy.ts';
export type { IntegrationRequestContext, RequestConnection, RequestSpec } from './context/request-context.ts';
export { resolveAuthMethod, resolveIntegrationRequestContext } from './context/request-context.ts';
export type { TransportExplanation, TransportResolver } from './context/transport-resolver.ts';
export { DefaultTransportResolver } from './context/transport-resolver.ts';
export type {
  GuardErrorCode,
  IntegrationCallError,
  IntegrationCallFailure,
  IntegrationCallMetadata,
  IntegrationCallResult,
  IntegrationCallSuccess,
  StopReason,
} from './guard/call-result.ts';
export type { ErrorClass, ErrorClassification } from './guard/classify-error.ts';
export { classifyError } from './guard/classify-error.ts';
export type {
  IntegrationExecutor,
  IntegrationExecutorContext,
  IntegrationSlot,
  SlotExecutor,
} from './guard/executor.ts';
export { defineSlot } from './guard/executor.ts';
export type { GuardedCallOptions, IntegrationCallGuardOptions } from './guard/guard-options.ts';
export type { ConnectionSnapshot } from './guard/guard-state.ts';
export { GuardState } from './guard/guard-state.ts';
export { IntegrationCallGuard } from './guard/integration-call-guard.ts';
export type { SecretAccess, SecretAccessCheck } from './guard/secret-access.ts';
export { AttemptTimeoutError, DeadlineExceededError } from './guard/timeout-errors.ts';
export type { BackoffOptions } from './policies/backoff.ts';
export type { BulkheadOptions } from './policies/bulkhead.ts';
export type { CallPolicy } from './policies/call-policy.ts';
export { GuardOptionsError } from './policies/call-policy.ts';
export type { CircuitBreakerOptions, CircuitState } from './policies/circuit-breaker.ts';
export type { RateLimitDecision, RateLimiter, RateLimitRule } from './policies/rate-limiter.ts';
export { InMemoryRateLimiter } from './policies/rate-limiter.ts';
export type { RetryBudgetOptions } from './policies/retry-budget.ts';
export type {
  IntegrationCallEvent,
  IntegrationInvocationStatus,
  IntegrationTelemetryEmitter,
  IntegrationTelemetryEvent,
  IntegrationTraceMetadata,
} from './telemetry/telemetry-event.ts';
