import { ServiceError } from '../service-error.ts';

/** A value as it is stored: text or bytes, never both. */
export type StoredValue = { readonly SecretString: string } | { readonly SecretBinary: Uint8Array };

/** One version of a secret. */
export interface StoredSecretVersion {
  readonly id: string;
  readonly value: StoredValue;
  readonly createdAt: Date;
  readonly stages: Set<string>;
  readonly kmsKeyId: string;
  lastAccessedAt?: Date;
}

/** A secret with all that the service knows of it. */
export interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: Date;
  changedAt: Date;
  description?: string | undefined;
  kmsKeyId?: string | undefined;
  readonly tags: Map<string, string>;
  /** By id, oldest first. */
  readonly versions: Map<string, StoredSecretVersion>;
  /** Set while the deletion is scheduled. */
  deletion?: { readonly requestedAt: Date; readonly dueAt: Date } | undefined;
}

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** See "Quotas" in the user guide: labels on all versions of a secret together, and versions that are kept. */
const MAX_LABELS = 20;
const MAX_VERSIONS = 100;
const KEPT_MS = 86_400_000;

/** The version that a staging label sits on. */
export function holderOf(secret: StoredSecret, stage: string): StoredSecretVersion | undefined {
  return [...secret.versions.values()].find(({ stages }) => stages.has(stage));
}

/** Puts labels on a version, taking them off the one that has them. `AWSCURRENT` draws `AWSPREVIOUS` behind it. */
export function attachStages(secret: StoredSecret, version: StoredSecretVersion, stages: Iterable<string>): void {
  const added = [...stages];
  const all = new Set([...secret.versions.values()].flatMap((each) => [...each.stages]).concat(added));
  if (all.size > MAX_LABELS) {
    throw new ServiceError(
      'LimitExceededException',
      'The number of staging labels of this secret would exceed the limit.',
    );
  }
  for (const stage of added) {
    const holder = holderOf(secret, stage);
    if (holder === version) continue;
    holder?.stages.delete(stage);
    version.stages.add(stage);
    if (stage !== CURRENT || holder === undefined) continue;
    holderOf(secret, PREVIOUS)?.stages.delete(PREVIOUS);
    holder.stages.add(PREVIOUS);
  }
}

/** Removes deprecated versions, which have no label: the oldest while there are too many, none that is a day young. */
export function removeDeprecated(secret: StoredSecret, now: Date): void {
  for (const { id, stages, createdAt } of secret.versions.values()) {
    if (secret.versions.size <= MAX_VERSIONS) return;
    if (stages.size === 0 && now.getTime() - createdAt.getTime() > KEPT_MS) secret.versions.delete(id);
  }
}

/** Whether two values are the same in form and content. */
export function isSameValue(one: StoredValue, other: StoredValue): boolean {
  if ('SecretString' in one) return 'SecretString' in other && one.SecretString === other.SecretString;
  return 'SecretBinary' in other && Buffer.compare(one.SecretBinary, other.SecretBinary) === 0;
}
