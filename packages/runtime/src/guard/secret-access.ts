import type { ResolvedIntegration } from '@mortise/core';
import type { SecretFetchOptions, SecretProvider } from '@mortise/secrets';
import { type CallFailure, callFailure } from './failure.ts';

/** A connection that is about to read its secret. */
export interface SecretAccess {
  readonly tenantId: string;
  readonly integration: ResolvedIntegration;
  readonly reference: string;
  /** Id of the backend that is asked first. */
  readonly providerId: string;
}

/** Says whether a connection may read the secret that its reference names. Anything but `true` refuses. */
export type SecretAccessCheck = (access: SecretAccess) => boolean;

export interface SecretWalls {
  /** Whether connections with the tenant's own key may use backends that hold the host's secrets. */
  readonly allowHostSecretsForByok: boolean;
  readonly check: SecretAccessCheck | undefined;
}

/** How a connection's secret is read: which backends may answer. */
export type SecretReadScope = Pick<SecretFetchOptions, 'excludeHostOwned' | 'providers'>;

const ANY_BACKEND: SecretReadScope = {};
const TENANT_BACKENDS: SecretReadScope = { excludeHostOwned: true };

/** Which backends may answer for a connection: not the host's own for a tenant's key, and those that the manifest allows. */
export function secretReadScope({ connection, spec }: ResolvedIntegration, walls: SecretWalls): SecretReadScope {
  const scope = connection.ownershipMode === 'byok' && !walls.allowHostSecretsForByok ? TENANT_BACKENDS : ANY_BACKEND;
  const providers = spec.credentialManifest?.modes?.[connection.ownershipMode]?.allowedSecretProviders;
  return providers === undefined ? scope : { ...scope, providers };
}

/** A read's scope and its signal. Spelled out for the usual scopes: one is made for every call. */
export function readOptions(scope: SecretReadScope, signal: AbortSignal): SecretFetchOptions {
  if (scope === ANY_BACKEND) return { signal };
  return scope === TENANT_BACKENDS ? { excludeHostOwned: true, signal } : { ...scope, signal };
}

/**
 * The wall around secrets: a tenant writes its references itself, so each one is checked against the backend it leads
 * to before anything is read.
 */
export function checkSecretAccess(
  provider: SecretProvider,
  walls: SecretWalls,
  integration: ResolvedIntegration,
  scope: SecretReadScope,
): CallFailure | undefined {
  const { connection } = integration;
  const reference = connection.secretRef;
  if (!canHandle(provider, reference)) {
    const message = `No secret backend handles the reference of connection "${connection.meta.id}"`;
    return callFailure('SECRET_UNSUPPORTED', message);
  }
  // Nothing depends on the backend, so that finding it would be for nothing.
  if (scope === ANY_BACKEND && walls.check === undefined) return undefined;
  const backend = provider.resolveProvider === undefined ? provider : provider.resolveProvider(reference, scope);
  if (backend === undefined) return refused(integration, 'the backends that hold it are not open to the connection');
  if (scope.excludeHostOwned === true && backend.hostOwned === true) {
    return refused(
      integration,
      `backend "${backend.id}" holds the host's secrets, and the connection brings its own key`,
    );
  }
  if (scope.providers?.includes(backend.id) === false) {
    return refused(
      integration,
      `the integration does not allow backend "${backend.id}", only ${scope.providers.join(', ')}`,
    );
  }
  if (walls.check === undefined) return undefined;
  const answer: unknown = walls.check({
    tenantId: connection.meta.tenantId,
    integration,
    reference,
    providerId: backend.id,
  });
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
