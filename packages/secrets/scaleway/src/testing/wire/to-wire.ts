import type { StoredSecret } from '../store/stored-secret.ts';
import type { EphemeralPolicy, EphemeralProperties, StoredVersion } from '../store/stored-version.ts';

export type WireObject = Readonly<Record<string, unknown>>;

/** A secret as the API shows it. Fields and their order as in answers recorded on 2026-07-03; null is absent. */
export function toWireSecret(secret: StoredSecret): WireObject {
  const { properties, deletionRequestedAt } = secret;
  return {
    id: properties.id,
    project_id: properties.projectId,
    name: properties.name,
    status: secret.isLocked ? 'locked' : 'ready',
    created_at: toTime(properties.createdAt),
    updated_at: toTime(secret.updatedAt),
    tags: properties.tags,
    version_count: secret.versionCount,
    description: properties.description,
    managed: false,
    type: properties.type,
    protected: properties.isProtected,
    path: properties.path,
    ephemeral_policy: toWirePolicy(properties.policy),
    used_by: secret.usedBy,
    deletion_requested_at: toTime(deletionRequestedAt),
    key_id: properties.keyId ?? null,
    region: properties.region,
  };
}

export function toWireVersion(secret: StoredSecret, version: StoredVersion): WireObject {
  return {
    revision: version.revision,
    secret_id: secret.properties.id,
    status: version.status,
    created_at: toTime(version.createdAt),
    updated_at: toTime(version.updatedAt),
    deleted_at: toTime(version.deletedAt),
    description: version.description,
    latest: secret.isLatest(version),
    ephemeral_properties: toWireProperties(version.ephemeral),
    deletion_requested_at: toTime(version.deletionRequestedAt),
    region: secret.properties.region,
  };
}

export function toWireAccess(secret: StoredSecret, { revision, crc32 }: StoredVersion, data: Uint8Array): WireObject {
  return {
    secret_id: secret.properties.id,
    revision,
    data: Buffer.from(data).toString('base64'),
    data_crc32: crc32 ?? null,
    type: secret.properties.type,
  };
}

/** An entry of a folder: a secret in it, or a folder below it. */
export function toWireItem(item: StoredSecret | string): WireObject {
  if (typeof item === 'string') return { name: item, created_at: null, updated_at: null, secret: null, folder: {} };
  const { properties } = item;
  return {
    name: properties.name,
    created_at: toTime(properties.createdAt),
    updated_at: toTime(item.updatedAt),
    secret: {
      id: properties.id,
      tags: properties.tags,
      version_count: item.versionCount,
      protected: properties.isProtected,
      ephemeral_policy: toWirePolicy(properties.policy),
      type: properties.type,
    },
    folder: null,
  };
}

function toWirePolicy(policy: EphemeralPolicy | undefined): WireObject | null {
  if (policy === undefined) return null;
  const { timeToLiveMs, expiresOnceAccessed, action } = policy;
  return {
    time_to_live: timeToLiveMs === undefined ? null : `${timeToLiveMs / 1000}s`,
    expires_once_accessed: expiresOnceAccessed ?? null,
    action,
  };
}

function toWireProperties(properties: EphemeralProperties | undefined): WireObject | null {
  if (properties === undefined) return null;
  const { expiresAt, expiresOnceAccessed, action } = properties;
  return { expires_at: toTime(expiresAt), expires_once_accessed: expiresOnceAccessed ?? null, action };
}

function toTime(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString();
}
