import { randomUUID } from 'node:crypto';
import type {
  CreateSecretRequest,
  CreateSecretResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
  UpdateSecretRequest,
  UpdateSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { invalidParameter, invalidRequest, ServiceError } from '../service-error.ts';
import {
  attachStages,
  CURRENT,
  isSameValue,
  removeDeprecated,
  type StoredSecret,
  type StoredSecretVersion,
  type StoredValue,
} from '../state/stored-secret.ts';
import type { OperationContext } from './operation-context.ts';
import { required } from './required.ts';
import { applyTags } from './tag-resource.ts';

const NAME = /^[A-Za-z0-9/_+=.@-]+$/;
const DEFAULT_KEY = 'DefaultEncryptionKey';

export function createSecret({ store, authorize }: OperationContext, input: CreateSecretRequest): CreateSecretResponse {
  const name = required(input.Name, 'Name');
  if (!NAME.test(name)) {
    throw invalidParameter(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
  const value = valueOf(input);
  const existing = store.find(name);
  if (existing?.deletion !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const token = input.ClientRequestToken ?? randomUUID();
  if (existing !== undefined) {
    const version = existing.versions.get(token);
    if (version === undefined || value === undefined || !isSameValue(version.value, value)) throw alreadyExists(name);
    return { ARN: existing.arn, Name: name, VersionId: token };
  }
  authorize('kms:GenerateDataKey', name);
  const now = store.now();
  const secret: StoredSecret = {
    arn: store.arnFor(name),
    name,
    createdAt: now,
    changedAt: now,
    description: input.Description,
    kmsKeyId: input.KmsKeyId,
    tags: new Map(),
    versions: new Map(),
  };
  applyTags(secret, input.Tags ?? []);
  store.add(secret);
  if (value === undefined) return { ARN: secret.arn, Name: name };
  addVersion(secret, { token, value, stages: [CURRENT], now });
  return { ARN: secret.arn, Name: name, VersionId: token };
}

export function putSecretValue(
  { store, authorize }: OperationContext,
  input: PutSecretValueRequest,
): PutSecretValueResponse {
  const secret = store.getUsable(required(input.SecretId, 'SecretId'));
  const value = valueOf(input);
  if (value === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  const token = input.ClientRequestToken ?? randomUUID();
  authorize('kms:GenerateDataKey', secret.name);
  const stages = input.VersionStages ?? [CURRENT];
  const version = addVersion(secret, { token, value, stages, now: store.now() });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
}

export function updateSecret({ store, authorize }: OperationContext, input: UpdateSecretRequest): UpdateSecretResponse {
  const secret = store.getUsable(required(input.SecretId, 'SecretId'));
  const value = valueOf(input);
  const now = store.now();
  const { KmsKeyId: kmsKeyId = secret.kmsKeyId, Description: description = secret.description } = input;
  let added: { VersionId?: string } = {};
  // What may be refused comes first, so that a refused request has changed nothing.
  if (value !== undefined) {
    authorize('kms:GenerateDataKey', secret.name);
    const token = input.ClientRequestToken ?? randomUUID();
    added = { VersionId: addVersion(secret, { token, value, stages: [CURRENT], now, kmsKeyId }).id };
  }
  Object.assign(secret, { kmsKeyId, description, changedAt: now });
  return { ARN: secret.arn, Name: secret.name, ...added };
}

interface NewVersion {
  readonly token: string;
  readonly value: StoredValue;
  readonly stages: readonly string[];
  readonly now: Date;
  /** Absent: the secret's. */
  readonly kmsKeyId?: string | undefined;
}

/** Does nothing under a token that was used for the same value, and refuses another value. */
function addVersion(
  secret: StoredSecret,
  { token, value, stages, now, kmsKeyId = secret.kmsKeyId }: NewVersion,
): StoredSecretVersion {
  const existing = secret.versions.get(token);
  if (existing !== undefined) {
    if (isSameValue(existing.value, value)) return existing;
    throw new ServiceError(
      'ResourceExistsException',
      'A version with this ClientRequestToken exists already, and its value is another one.',
    );
  }
  const version = {
    id: token,
    value,
    createdAt: now,
    stages: new Set<string>(),
    kmsKeyId: kmsKeyId ?? DEFAULT_KEY,
  };
  // The first version is current whatever was asked for.
  attachStages(secret, version, secret.versions.size === 0 ? new Set([...stages, CURRENT]) : stages);
  secret.versions.set(token, version);
  secret.changedAt = now;
  removeDeprecated(secret, now);
  return version;
}

function valueOf(input: {
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
}): StoredValue | undefined {
  const { SecretString: text, SecretBinary: binary } = input;
  if (text !== undefined && binary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (text !== undefined) {
    if (Buffer.byteLength(text) > 65_536) throw tooLarge();
    return { SecretString: text };
  }
  return binary === undefined ? undefined : { SecretBinary: binary };
}

function tooLarge(): ServiceError {
  return new ServiceError('LimitExceededException', 'The size of the secret value exceeds the limit of 65536 bytes.');
}

function alreadyExists(name: string): ServiceError {
  return new ServiceError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
}
