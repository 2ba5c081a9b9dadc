import type { ResolvedIntegration } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { type CallFailure, callFailure } from './failure.ts';

/** A connection that is about to read its secret. */
export interface SecretAccess {
  readonly tenantId: string;
  readonly integration: ResolvedIntegration;
  readonly reference: string;
  /** Id of the backend that serves the reference, where the provider can tell. */
  readonly providerId: string | undefined;
}

/** Says whether a connection may read the secret that its reference names. Anything but `true` refuses. */
export type SecretAccessCheck = (access: SecretAccess) => boolean;

export interface SecretWalls {
  /** Whether connections with the tenant's own key may use backends that hold the host's secrets. */
  readonly allowHostSecretsForByok: boolean;
  readonly check: SecretAccessCheck | undefined;
}

/**
 * The wall around secrets: a tenant writes its references itself, so each one is checked against the backend it leads
 * to before anything is read.
 */
export function checkSecretAccess(
  provider: SecretProvider,
  walls: SecretWalls,
  integration: ResolvedIntegration,
): CallFailure | undefined {
  const { connection, spec } = integration;
  const reference = connection.secretRef;
  if (!canHandle(provider, reference)) {
    return callFailure(
      'SECRET_UNSUPPORTED',
      `No secret backend handles the reference of connection "${connection.meta.id}"`,
    );
  }
  const backend = provider.resolveProvider?.(reference) ?? provider;
  if (backend.hostOwned === true && connection.ownershipMode === 'byok' && !walls.allowHostSecretsForByok) {
    return refused(
      integration,
      `backend "${backend.id}" holds the host's secrets, and the connection brings its own key`,
    );
  }
  const allowed = spec.credentialManifest?.modes?.[connection.ownershipMode]?.allowedSecretProviders;
  if (allowed !== undefined && !allowed.includes(backend.id)) {
    return refused(
      integration,
      `backend "${backend.id}" is not among those that the integration allows: ${allowed.join(', ')}`,
    );
  }
  if (walls.check === undefined) return undefined;
  const access: SecretAccess = {
    tenantId: connection.meta.tenantId,
    integration,
    reference,
    providerId: backend.id,
  };
  const answer: unknown = walls.check(access);
  return answer === true ? undefined : refused(integration, 'the host does not allow its reference');
}

function canHandle(provider: SecretProvider, reference: string): boolean {
  try {
    return provider.canHandle(reference);
  } catch {
    return false;
  }
}

function refused({ connection }: ResolvedIntegration, reason: string): CallFailure {
  return callFailure('SECRET_NOT_ALLOWED', `Connection "${connection.meta.id}" may not read its secret: ${reason}`);
}
