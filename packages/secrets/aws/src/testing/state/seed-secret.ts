import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../operations/operation-context.ts';
import { createSecret, putSecretValue } from '../operations/write-value.ts';

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

/** Does what a request would, without one. */
export function seedSecret(context: OperationContext, name: string, seed: SecretSeed): string {
  const { value, version = randomUUID(), stages, tags = {}, description, kmsKeyId } = seed;
  const stored = typeof value === 'string' ? { SecretString: value } : { SecretBinary: value.slice() };
  if (context.store.find(name) === undefined) {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    createSecret(context, {
      Name: name,
      ClientRequestToken: version,
      ...stored,
      Tags,
      Description: description,
      KmsKeyId: kmsKeyId,
    });
  } else {
    const VersionStages = stages === undefined ? undefined : [...stages];
    putSecretValue(context, { SecretId: name, ClientRequestToken: version, ...stored, VersionStages });
  }
  return version;
}
