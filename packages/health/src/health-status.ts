import type { ConnectionStatus } from '@mortise/core';

/** How a connection is doing. */
export type HealthStatus =
  | 'connected'
  /** It works, but slowly, or not for everything that it is meant for. */
  | 'degraded'
  /** The credential was refused, or somebody has to authorise again. */
  | 'auth_required'
  /** It works, and has used up what it may for now. */
  | 'rate_limited'
  /** Config, secret or spec do not fit, or name what the provider does not have. */
  | 'misconfigured'
  /** The provider did not answer, or said that it cannot serve. */
  | 'unreachable'
  /** Nothing could be found out. */
  | 'unknown';

const STATUSES: Readonly<Record<HealthStatus, ConnectionStatus>> = {
  connected: 'connected',
  degraded: 'connected',
  rate_limited: 'connected',
  auth_required: 'disconnected',
  misconfigured: 'error',
  unreachable: 'error',
  unknown: 'unknown',
};

/** The status that the record of a connection has. Calls are refused for `disconnected` and `error` alone. */
export function toConnectionStatus(status: HealthStatus): ConnectionStatus {
  return STATUSES[status];
}
