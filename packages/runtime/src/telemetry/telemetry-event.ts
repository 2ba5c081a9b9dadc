import type { IntegrationAuthType, IntegrationTransportType } from '@mortise/core';
import type { StopReason } from '../guard/call-result.ts';

/** The application build that a call belongs to. */
export interface IntegrationTraceMetadata {
  readonly blueprintName: string;
  readonly blueprintVersion: string;
  readonly configVersion: string;
}

export type IntegrationInvocationStatus = 'success' | 'error';

/**
 * One attempt of a call, or one health check. A call that ends before its first attempt is one event with attempt 0.
 * Holds no secret: messages are redacted.
 */
export interface IntegrationTelemetryEvent {
  readonly tenantId: string;
  readonly appId: string;
  readonly environment?: string;
  readonly slotId?: string;
  readonly integrationKey: string;
  readonly integrationVersion: string;
  readonly connectionId: string;
  readonly status: IntegrationInvocationStatus;
  /** Milliseconds that this attempt took. */
  readonly durationMs?: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly occurredAt: Date;
  /** `blueprint` (`name.vVersion`), `configVersion`, `operation`. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
  /** Number of the attempt, from 1. */
  readonly attempt?: number;
  /** Whether another attempt follows. */
  readonly willRetry?: boolean;
}

/** One logical call, whatever its number of attempts. Count calls with these, never with attempt events. */
export interface IntegrationCallEvent {
  readonly tenantId: string;
  readonly appId: string;
  readonly environment?: string;
  readonly slotId: string;
  readonly operation: string;
  /** Absent when the slot is not bound, as are version and connection. */
  readonly integrationKey?: string;
  readonly integrationVersion?: string;
  readonly connectionId?: string;
  readonly status: IntegrationInvocationStatus;
  readonly attempts: number;
  readonly stopReason: StopReason;
  /** Milliseconds of the whole call. */
  readonly durationMs: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly occurredAt: Date;
  readonly transport?: IntegrationTransportType;
  readonly authMethod?: IntegrationAuthType;
  readonly apiVersion?: string;
  /** Version of the secret that was used, as its backend names it. */
  readonly credentialVersion?: string;
  readonly trace: IntegrationTraceMetadata;
}

/**
 * Receives telemetry. Called after an outcome is fixed and never awaited: a sink that throws, rejects or hangs changes
 * no result and delays no call. Sinks that talk to a network should buffer.
 */
export interface IntegrationTelemetryEmitter {
  /** One event per attempt, and one for a call that ended before its first attempt. */
  record(event: IntegrationTelemetryEvent): void | Promise<void>;
  /** One event per call. */
  recordCall?(event: IntegrationCallEvent): void | Promise<void>;
}
