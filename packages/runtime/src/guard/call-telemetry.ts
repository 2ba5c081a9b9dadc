import type { ResolvedAppConfig, ResolvedIntegration } from '@mortise/core';
import type { IntegrationRequestContext } from '../context/request-context.ts';
import type { IntegrationCallEvent, IntegrationTelemetryEvent } from '../telemetry/telemetry-event.ts';
import type { IntegrationCallError, IntegrationCallMetadata } from './call-result.ts';

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
  config: ResolvedAppConfig,
  integration: ResolvedIntegration,
  operation: string,
  occurredAt: Date,
  report: AttemptReport,
): IntegrationTelemetryEvent {
  const { meta } = integration.connection;
  const event: IntegrationTelemetryEvent = {
    tenantId: config.tenantId,
    appId: config.appId,
    slotId: integration.slot.slotId,
    integrationKey: meta.integrationKey,
    integrationVersion: meta.integrationVersion,
    connectionId: meta.id,
    status: report.error === undefined ? 'success' : 'error',
    durationMs: report.durationMs,
    occurredAt,
    metadata: {
      blueprint: `${config.blueprintName}.v${config.blueprintVersion}`,
      configVersion: config.configVersion,
      operation,
    },
    attempt: report.attempt,
    willRetry: report.willRetry,
  };
  if (config.environment === undefined && report.error === undefined) return event;
  return {
    ...event,
    ...(config.environment === undefined ? {} : { environment: config.environment }),
    ...(report.error === undefined ? {} : { errorCode: report.error.code, errorMessage: report.error.message }),
  };
}

/** A finished call as it is reported. */
export interface CallReport {
  readonly operation: string;
  readonly slotId: string;
  readonly integration: ResolvedIntegration | undefined;
  readonly request: IntegrationRequestContext | undefined;
  readonly credentialVersion: string | undefined;
  readonly metadata: IntegrationCallMetadata;
  readonly error: IntegrationCallError | undefined;
}

/** The event of one call. */
export function callEvent(config: ResolvedAppConfig, occurredAt: Date, report: CallReport): IntegrationCallEvent {
  const { metadata, error, request } = report;
  const meta = report.integration?.connection.meta;
  return {
    tenantId: config.tenantId,
    appId: config.appId,
    ...(config.environment === undefined ? {} : { environment: config.environment }),
    slotId: report.slotId,
    operation: report.operation,
    ...(meta === undefined
      ? {}
      : { integrationKey: meta.integrationKey, integrationVersion: meta.integrationVersion, connectionId: meta.id }),
    status: error === undefined ? 'success' : 'error',
    attempts: metadata.attempts,
    stopReason: metadata.stopReason,
    durationMs: metadata.latencyMs,
    ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
    occurredAt,
    ...(request === undefined ? {} : { transport: request.transport }),
    ...(request?.authMethod === undefined ? {} : { authMethod: request.authMethod }),
    ...(request?.apiVersion === undefined ? {} : { apiVersion: request.apiVersion }),
    ...(report.credentialVersion === undefined ? {} : { credentialVersion: report.credentialVersion }),
    trace: {
      blueprintName: config.blueprintName,
      blueprintVersion: config.blueprintVersion,
      configVersion: config.configVersion,
    },
  };
}
