import type { ConnectionStatus, IntegrationConnectionHealth } from '@mortise/core';
import type { HealthStatus } from '../health-status.ts';

/** In which way a connection was looked at. */
export type ProbeKind =
  /** The health request of the spec. */
  | 'rest'
  /** The handshake of an MCP server. */
  | 'mcp'
  /** What webhooks need, and when the last one came. */
  | 'webhook'
  /** A probe that the host gave. */
  | 'custom'
  /** Config and secret alone: there is no way to ask. */
  | 'none';

/** What a check found. Holds no secret: messages are redacted. */
export interface ConnectionCheck {
  readonly connectionId: string;
  readonly integrationKey: string;
  readonly status: HealthStatus;
  /** The status that the connection's record has for it. */
  readonly connectionStatus: ConnectionStatus;
  readonly probe: ProbeKind;
  /** Instant (ISO 8601) at which the check ended. */
  readonly checkedAt: string;
  /** Milliseconds that the check took, reading of the secret included. */
  readonly latencyMs: number;
  /** Why it is not `connected`. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly httpStatus?: number;
  /** The provider's id of the request. */
  readonly requestId?: string;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfterMs?: number;
  /** What is to be seen to, such as an API version that ends. */
  readonly warnings?: readonly string[];
}

/** A check as the connection's record keeps it. */
export function toConnectionHealth(check: ConnectionCheck): IntegrationConnectionHealth {
  return {
    status: check.connectionStatus,
    checkedAt: new Date(check.checkedAt),
    latencyMs: check.latencyMs,
    ...(check.errorCode === undefined ? {} : { errorCode: check.errorCode }),
    ...(check.errorMessage === undefined ? {} : { errorMessage: check.errorMessage }),
  };
}
