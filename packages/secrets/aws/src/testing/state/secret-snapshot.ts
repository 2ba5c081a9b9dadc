import type { StoredSecret } from './stored-secret.ts';

/** A version as it is stored. */
export interface SecretVersionSnapshot {
  readonly id: string;
  /** Text of a `SecretString`, bytes of a `SecretBinary`. */
  readonly value: string | Uint8Array;
  readonly stages: readonly string[];
  readonly createdAt: Date;
}

/** A secret as it is stored; a copy, which later requests do not change. */
export interface SecretSnapshot {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly versions: readonly SecretVersionSnapshot[];
  /** When it is gone for good; absent unless its deletion is scheduled. */
  readonly deletionDueAt?: Date;
}

export function snapshotOf(secret: StoredSecret): SecretSnapshot {
  const { arn, name, description, kmsKeyId, tags, versions, deletion } = secret;
  return {
    arn,
    name,
    ...(description === undefined ? {} : { description }),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    tags: Object.fromEntries(tags),
    versions: [...versions.values()].map(({ id, value, stages, createdAt }) => ({
      id,
      value: 'SecretString' in value ? value.SecretString : value.SecretBinary.slice(),
      stages: [...stages],
      createdAt: new Date(createdAt),
    })),
    ...(deletion === undefined ? {} : { deletionDueAt: new Date(deletion.dueAt) }),
  };
}
