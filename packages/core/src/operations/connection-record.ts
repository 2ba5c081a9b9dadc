import type { IntegrationConnection } from '../connection/connection.ts';
import { isRecord } from '../schema/record.ts';
import { REDACTED } from '../redaction/text-ranges.ts';
import { MortiseError } from '../errors/mortise-error.ts';
import { validateAgainstSchema } from '../schema/validate-against-schema.ts';
import { IntegrationConnectionRecord } from './connection-models.ts';
import { toPlainData } from './plain-data.ts';

/** A stored connection that does not have the form of a record, such as one with a negative latency. */
export class ConnectionRecordError extends MortiseError<'INVALID_CONNECTION_RECORD'> {}

/** A secret reference of which only the scheme is left: `aws-secret-manager://[redacted]`. */
export function maskSecretRef(secretRef: string): string {
  const scheme = /^[a-z][a-z0-9+.-]{0,62}:\/\//i.exec(secretRef)?.[0] ?? '';
  return scheme + REDACTED;
}

/**
 * A connection as the connection operations return it. Leaves out what holds live tokens; the secret reference is
 * masked; times are ISO 8601 text.
 *
 * @throws {ConnectionRecordError} `INVALID_CONNECTION_RECORD`: the connection holds something that no record can.
 */
export function toIntegrationConnectionRecord(connection: IntegrationConnection): IntegrationConnectionRecord {
  const { meta, health, usage, byokKeyMetadata: byok } = connection;
  // Turns dates into text and drops what is absent.
  const plain = toPlainData({
    id: meta.id,
    tenantId: meta.tenantId,
    integrationKey: meta.integrationKey,
    integrationVersion: meta.integrationVersion,
    label: meta.label,
    ownershipMode: connection.ownershipMode,
    externalAccountId: connection.externalAccountId,
    secretProvider: connection.secretProvider,
    secretRef: maskSecretRef(connection.secretRef),
    status: connection.status,
    environment: meta.environment,
    config: connection.config,
    authMethod: connection.authMethod,
    activeTransport: connection.activeTransport,
    transportConfig: connection.transportConfig,
    apiVersion: connection.apiVersion,
    healthStatus: health?.status,
    healthCheckedAt: health?.checkedAt,
    healthLatencyMs: health?.latencyMs,
    healthErrorCode: health?.errorCode,
    healthErrorMessage: health?.errorMessage,
    usageRequestCount: usage?.requestCount,
    usageSuccessCount: usage?.successCount,
    usageErrorCount: usage?.errorCount,
    usageLastUsedAt: usage?.lastUsed,
    usageLastSuccessAt: usage?.lastSuccessAt,
    usageLastErrorAt: usage?.lastErrorAt,
    usageLastErrorCode: usage?.lastErrorCode,
    byokValidationStatus: byok?.validationStatus,
    byokLastValidatedAt: byok?.lastValidatedAt,
    byokLastRotatedAt: byok?.lastRotatedAt,
    byokExpiresAt: byok?.expiresAt,
    createdAt: meta.createdAt,
    updatedAt: meta.updatedAt,
  });
  const result = validateAgainstSchema(IntegrationConnectionRecord, plain?.value);
  if (result.valid) return result.value;
  throw new ConnectionRecordError({
    code: 'INVALID_CONNECTION_RECORD',
    message: `Connection "${meta.id}" cannot be shown: ${result.problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
  });
}

/** Masks the secret reference of a record, or of every record of a list, whatever the handler returned. */
export function maskSecretRefs(output: unknown): unknown {
  if (!isRecord(output)) return output;
  if (Array.isArray(output['connections']))
    return { ...output, connections: output['connections'].map(maskSecretRefs) };
  const { secretRef } = output;
  return typeof secretRef === 'string' ? { ...output, secretRef: maskSecretRef(secretRef) } : output;
}
