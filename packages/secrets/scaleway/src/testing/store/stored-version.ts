import { notFound, ApiRefusal, preconditionFailed } from './api-refusal.ts';

export const DELETION_DELAY_MS = 7 * 86_400_000;

export type VersionStatus = 'enabled' | 'disabled' | 'scheduled_for_deletion' | 'deleted';

export interface EphemeralPolicy {
  readonly timeToLiveMs?: number;
  readonly expiresOnceAccessed?: boolean;
  readonly action: 'delete' | 'disable';
}

export interface EphemeralProperties {
  /** Epoch milliseconds. */
  expiresAt?: number;
  expiresOnceAccessed?: boolean;
  action: 'delete' | 'disable';
}

/** One version. Times are epoch milliseconds. */
export interface StoredVersion {
  readonly revision: number;
  readonly data: Uint8Array;
  readonly crc32: number | undefined;
  readonly createdAt: number;
  status: VersionStatus;
  description: string;
  updatedAt: number;
  deletedAt?: number | undefined;
  deletionRequestedAt?: number | undefined;
  statusBefore?: VersionStatus;
  expiredAt?: number | undefined;
  ephemeral?: EphemeralProperties | undefined;
}

export function ephemeralFrom(policy: EphemeralPolicy | undefined, now: number): EphemeralProperties | undefined {
  if (policy === undefined) return undefined;
  const { timeToLiveMs, expiresOnceAccessed, action } = policy;
  return {
    action,
    ...(timeToLiveMs === undefined ? {} : { expiresAt: now + timeToLiveMs }),
    ...(expiresOnceAccessed === undefined ? {} : { expiresOnceAccessed }),
  };
}

/** Lets time do its work: ephemeral versions end, and those whose deletion was scheduled are gone. */
export function age(version: StoredVersion, now: number): void {
  const { ephemeral, status, deletionRequestedAt } = version;
  if (status === 'enabled' && ephemeral?.expiresAt !== undefined && now >= ephemeral.expiresAt) {
    expire(version, ephemeral.expiresAt);
  }
  if (status === 'scheduled_for_deletion' && now >= (deletionRequestedAt ?? 0) + DELETION_DELAY_MS) {
    version.status = 'deleted';
    version.deletedAt = now;
  }
}

/** Gives the payload out, which ends a version that may be read once. */
export function access(version: StoredVersion, now: number): Uint8Array {
  assertEnabled(version);
  const bytes = version.data.slice();
  if (version.ephemeral?.expiresOnceAccessed === true) expire(version, now);
  return bytes;
}

function expire(version: StoredVersion, at: number): void {
  version.expiredAt = at;
  version.updatedAt = at;
  version.status = version.ephemeral?.action === 'delete' ? 'deleted' : 'disabled';
  if (version.status === 'deleted') version.deletedAt = at;
}

function assertEnabled({ status, revision, expiredAt }: StoredVersion): void {
  if (status === 'enabled') return;
  if (status === 'scheduled_for_deletion') {
    throw preconditionFailed('resource_not_usable', 'version is scheduled for deletion');
  }
  if (expiredAt !== undefined) {
    throw new ApiRefusal('expired', {
      resource: 'secret_version',
      resource_id: String(revision),
      expired_since: new Date(expiredAt).toISOString(),
    });
  }
  if (status === 'deleted') throw notFound('secret_version', String(revision));
  throw preconditionFailed('resource_not_usable', 'version is not enabled');
}
