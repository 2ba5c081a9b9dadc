import { randomUUID } from 'node:crypto';
import { TestingError } from '@mortise/testing';
import { checkConstraints } from '../model/constraints.ts';
import type { OperationContext } from '../operations/operation-context.ts';
import { createSecret, putSecretValue } from '../operations/write-value.ts';
import { ServiceError } from '../service-error.ts';

/** A secret to be put there. */
export interface SecretSeed {
  /** Text is stored as `SecretString`, bytes as `SecretBinary`. */
  readonly value: string | Uint8Array;
  /** Id of the version: 32 to 64 characters. Default: a new one. */
  readonly version?: string;
  /** Labels of the version where the secret exists already. Default: it becomes current. */
  readonly stages?: readonly string[];
  /** These three for a secret that is new. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly kmsKeyId?: string;
}

/**
 * Does what a request would, without one.
 *
 * @throws {TestingError} `INVALID_ARGUMENT` for what the service would refuse: nothing is stored that could not be there.
 */
export function seedSecret(context: OperationContext, name: string, seed: SecretSeed): string {
  try {
    return store(context, name, seed);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new TestingError('INVALID_ARGUMENT', `The service has no such secret as this seed: ${error.message}`);
  }
}

function store(context: OperationContext, name: string, seed: SecretSeed): string {
  const { value, version = randomUUID(), stages, tags = {}, description, kmsKeyId } = seed;
  const stored = typeof value === 'string' ? { SecretString: value } : { SecretBinary: value.slice() };
  if (context.store.find(name) === undefined) {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const creation = { ...stored, Name: name, Tags, Description: description, KmsKeyId: kmsKeyId };
    checkConstraints({ ...creation, ClientRequestToken: version });
    createSecret(context, { ...creation, ClientRequestToken: version });
  } else {
    const VersionStages = stages === undefined ? undefined : [...stages];
    const write = { ...stored, SecretId: name, ClientRequestToken: version, VersionStages };
    checkConstraints(write);
    putSecretValue(context, write);
  }
  return version;
}
