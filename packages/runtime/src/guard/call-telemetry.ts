import type { ResolvedIntegration } from '@mortise/core';
import type { IntegrationCallEvent, IntegrationTelemetryEvent } from '../telemetry/telemetry-event.ts';
import type { CallRequest } from './call-request.ts';
import type { IntegrationCallError, IntegrationCallMetadata } from './call-result.ts';
import type { EndedCall } from './finish-call.ts';

/** An event under construction. Built up rather than spread together: one is made for every call. */
type Draft<Event> = { -readonly [Key in keyof Event]: Event[Key] };

/** One attempt as it is reported. */
export interface AttemptReport {
  readonly attempt: number;
  readonly durationMs: number;
  readonly willRetry: boolean;
  /** Absent for a success. Message already redacted. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** The event of one attempt, or of a call that ended before its first (attempt 0). */
export function attemptEvent(
  { config, operation }: Pick<CallRequest<unknown>, 'config' | 'operation'>,
  integration: ResolvedIntegration,
  occurredAt: Date,
  { attempt, durationMs, willRetry, error }: AttemptReport,
): IntegrationTelemetryEvent {
  const { meta } = integration.connection;
  const event: Draft<IntegrationTelemetryEvent> = {
    tenantId: config.tenantId,
    appId: config.appId,
    slotId: integration.slot.slotId,
    integrationKey: meta.integrationKey,
    integrationVersion: meta.integrationVersion,
    connectionId: meta.id,
    status: error === undefined ? 'success' : 'error',
    durationMs,
    occurredAt,
    metadata: {
      blueprint: `${config.blueprintName}.v${config.blueprintVersion}`,
      configVersion: config.configVersion,
      operation,
    },
    attempt,
    willRetry,
  };
  if (config.environment !== undefined) event.environment = config.environment;
  if (error !== undefined) {
    event.errorCode = error.code;
    event.errorMessage = error.message;
  }
  return event;
}

/** The event of one call. */
export function callEvent(
  { call, integration, request, credentialVersion }: EndedCall,
  occurredAt: Date,
  metadata: IntegrationCallMetadata,
  error: IntegrationCallError | undefined,
): IntegrationCallEvent {
  const { config } = call;
  const event: Draft<IntegrationCallEvent> = {
    tenantId: config.tenantId,
    appId: config.appId,
    slotId: call.slotId,
    operation: call.operation,
    status: error === undefined ? 'success' : 'error',
    attempts: metadata.attempts,
    stopReason: metadata.stopReason,
    durationMs: metadata.latencyMs,
    occurredAt,
    trace: {
      blueprintName: config.blueprintName,
      blueprintVersion: config.blueprintVersion,
      configVersion: config.configVersion,
    },
  };
  if (config.environment !== undefined) event.environment = config.environment;
  if (integration !== undefined) {
    const { meta } = integration.connection;
    event.integrationKey = meta.integrationKey;
    event.integrationVersion = meta.integrationVersion;
    event.connectionId = meta.id;
  }
  if (error !== undefined) {
    event.errorCode = error.code;
    event.errorMessage = error.message;
  }
  if (request !== undefined) {
    event.transport = request.transport;
    if (request.authMethod !== undefined) event.authMethod = request.authMethod;
    if (request.apiVersion !== undefined) event.apiVersion = request.apiVersion;
  }
  if (credentialVersion !== undefined) event.credentialVersion = credentialVersion;
  return event;
}
