import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
  Tag,
} from '@aws-sdk/client-secrets-manager';
import type { StoredSecret } from '../state/stored-secret.ts';
import type { OperationContext } from './operation-context.ts';
import { pageOf } from './page-of.ts';
import { required } from './required.ts';

const MAX_PAGE_SIZE = 100;

export function describeSecret(
  { store }: OperationContext,
  { SecretId }: DescribeSecretRequest,
): DescribeSecretResponse {
  const secret = store.get(required(SecretId, 'SecretId'));
  return { ...describe(secret), VersionIdsToStages: stagesOf(secret) };
}

/** What `DescribeSecret` and `ListSecrets` tell alike. */
export function describe(secret: StoredSecret): Omit<DescribeSecretResponse, 'VersionIdsToStages'> {
  const { description, kmsKeyId, deletion } = secret;
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(description === undefined ? {} : { Description: description }),
    ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
    LastChangedDate: secret.changedAt,
    CreatedDate: secret.createdAt,
    ...(deletion === undefined ? {} : { DeletedDate: deletion.requestedAt }),
    Tags: [...secret.tags].map(([Key, Value]): Tag => ({ Key, Value })),
  };
}

/** Versions with their labels; those without any are left out, as AWS does. */
export function stagesOf(secret: StoredSecret): Record<string, string[]> {
  const labelled = [...secret.versions.values()].filter(({ stages }) => stages.size > 0);
  return Object.fromEntries(labelled.map(({ id, stages }) => [id, [...stages]]));
}

export function listSecretVersionIds(
  { store }: OperationContext,
  { SecretId, MaxResults = MAX_PAGE_SIZE, NextToken, IncludeDeprecated = false }: ListSecretVersionIdsRequest,
): ListSecretVersionIdsResponse {
  const secret = store.get(required(SecretId, 'SecretId'));
  const versions = [...secret.versions.values()].filter(({ stages }) => IncludeDeprecated || stages.size > 0);
  const { items, nextToken } = pageOf(versions, MaxResults, NextToken);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Versions: items.map(({ id, stages, createdAt, lastAccessedAt, kmsKeyId }) => ({
      VersionId: id,
      VersionStages: [...stages],
      CreatedDate: createdAt,
      ...(lastAccessedAt === undefined ? {} : { LastAccessedDate: lastAccessedAt }),
      KmsKeyIds: [kmsKeyId],
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
