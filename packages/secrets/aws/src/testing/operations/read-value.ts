import type { GetSecretValueRequest, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager';
import { invalidRequest, notFound } from '../service-error.ts';
import { CURRENT, holderOf, type StoredSecret, type StoredSecretVersion } from '../state/stored-secret.ts';
import type { OperationContext } from './operation-context.ts';
import { required } from './required.ts';

export function getSecretValue(
  { store, authorize }: OperationContext,
  { SecretId, VersionId, VersionStage }: GetSecretValueRequest,
): GetSecretValueResponse {
  const secret = store.getUsable(required(SecretId, 'SecretId'));
  const version = findVersion(secret, VersionId, VersionStage);
  authorize('kms:Decrypt', secret.name);
  return readValue(secret, version, store.now());
}

/** One version as `GetSecretValue` and `BatchGetSecretValue` answer with it. */
export function readValue(secret: StoredSecret, version: StoredSecretVersion, now: Date): GetSecretValueResponse {
  version.lastAccessedAt = now;
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...version.value,
    VersionStages: [...version.stages],
    CreatedDate: version.createdAt,
  };
}

/** @throws {ServiceError} `ResourceNotFoundException`, or `InvalidRequestException` for a version without the stage. */
export function findVersion(
  secret: StoredSecret,
  id: string | undefined,
  stage: string | undefined,
): StoredSecretVersion {
  if (id === undefined) {
    const label = stage ?? CURRENT;
    const holder = holderOf(secret, label);
    if (holder !== undefined) return holder;
    throw notFound(`Secrets Manager can't find the specified secret value for staging label: ${label}`);
  }
  const version = secret.versions.get(id);
  if (version === undefined) {
    throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${id}`);
  }
  if (stage === undefined || version.stages.has(stage)) return version;
  throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
}
