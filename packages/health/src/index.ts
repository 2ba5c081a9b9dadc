export type { CheckConnectionOptions, SecretSource } from './check/check-connection.ts';
export { checkConnection } from './check/check-connection.ts';
export type { ConnectionCheck, ProbeKind } from './check/connection-check.ts';
export { toConnectionHealth } from './check/connection-check.ts';
export type { HealthStatus } from './health-status.ts';
export { toConnectionStatus } from './health-status.ts';
export { McpHandshakeError } from './probe/mcp-probe.ts';
export type { HealthProbe, PingableDatabase, ProbeContext, ProbeFinding } from './probe/probe.ts';
export { databaseProbe } from './probe/probe.ts';
export type { DeliveryRecord } from './probe/webhook-probe.ts';
export type {
  IntegrationContext,
  IntegrationHealthCheckExecutor,
  IntegrationHealthCheckResult,
  IntegrationHealthServiceOptions,
} from './service/integration-health-service.ts';
export { IntegrationHealthService } from './service/integration-health-service.ts';
export type { CachedCheck, HealthCacheOptions } from './sweep/health-cache.ts';
export { HealthCache } from './sweep/health-cache.ts';
export type { HostPoliteness } from './sweep/host-queue.ts';
export type { SweepOptions, SweepProgress, SweepResult, SweepTarget } from './sweep/sweep-connections.ts';
export { sweepConnections } from './sweep/sweep-connections.ts';
export type { TrackedHealth, TrackHealthOptions } from './sweep/track-health.ts';
export { trackHealth } from './sweep/track-health.ts';
