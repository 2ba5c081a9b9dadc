import { crc32 } from 'node:zlib';
import type { SecretType } from './store/payload-type.ts';
import type { SecretStore } from './store/secret-store.ts';
import type { StoredSecret } from './store/stored-secret.ts';
import type { EphemeralPolicy, VersionStatus } from './store/stored-version.ts';

/** A secret to put there. */
export interface AddSecretOptions {
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  /** Default: the server's first. */
  readonly region?: string;
  /** Default: the server's. */
  readonly projectId?: string;
  /** Payloads of its versions, the first one first. Default: none. */
  readonly versions?: readonly (string | Uint8Array)[];
  /** Default true. False: as versions that were written without a checksum. */
  readonly hasChecksums?: boolean;
  readonly tags?: readonly string[];
  readonly type?: SecretType;
  readonly isProtected?: boolean;
  readonly ephemeralPolicy?: EphemeralPolicy;
}

/** A secret as it is stored. */
export interface StoredSecretView {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly region: string;
  readonly projectId: string;
  readonly tags: readonly string[];
  readonly type: SecretType;
  readonly isProtected: boolean;
  readonly isScheduledForDeletion: boolean;
  readonly versions: readonly StoredVersionView[];
}

export interface StoredVersionView {
  readonly revision: number;
  readonly status: VersionStatus;
  readonly description: string;
  readonly data: Uint8Array;
  /** Absent: written without one. */
  readonly crc32?: number;
}

export function addSecret(
  store: SecretStore,
  options: AddSecretOptions & { readonly region: string; readonly projectId: string },
  now: number,
): string {
  const { name, path = '/', region, projectId, tags = [], type = 'opaque', isProtected = false } = options;
  const secret = store.create(
    {
      name,
      path,
      region,
      projectId,
      tags,
      type,
      isProtected,
      description: '',
      keyId: undefined,
      policy: options.ephemeralPolicy,
    },
    now,
  );
  for (const payload of options.versions ?? []) {
    const data = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
    secret.addVersion({ data, ...((options.hasChecksums ?? true) ? { crc32: crc32(data) } : {}) }, now);
  }
  return secret.properties.id;
}

export function viewOf({ properties, versions, deletionRequestedAt }: StoredSecret): StoredSecretView {
  const { id, name, path, region, projectId, tags, type, isProtected } = properties;
  return {
    id,
    name,
    path,
    region,
    projectId,
    tags,
    type,
    isProtected,
    isScheduledForDeletion: deletionRequestedAt !== undefined,
    versions: versions.map(({ revision, status, description, data, crc32: checksum }) => ({
      revision,
      status,
      description,
      data: data.slice(),
      ...(checksum === undefined ? {} : { crc32: checksum }),
    })),
  };
}
