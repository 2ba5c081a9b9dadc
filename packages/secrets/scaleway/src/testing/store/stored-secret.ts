import { crc32 } from 'node:zlib';
import { ApiRefusal, invalidArgument, notFound, preconditionFailed } from './api-refusal.ts';
import { assertPayloadType, type SecretType } from './payload-type.ts';
import { age, type EphemeralPolicy, ephemeralFrom, type StoredVersion } from './stored-version.ts';

const MAX_PAYLOAD_BYTES = 65_536;

export interface SecretProperties {
  readonly id: string;
  readonly projectId: string;
  readonly region: string;
  readonly type: SecretType;
  readonly keyId: string | undefined;
  readonly createdAt: number;
  name: string;
  path: string;
  description: string;
  tags: readonly string[];
  isProtected: boolean;
  policy: EphemeralPolicy | undefined;
}

export interface NewVersion {
  readonly data: Uint8Array;
  readonly crc32?: number | undefined;
  readonly description?: string | undefined;
  readonly disablePrevious?: boolean | undefined;
}

/** One secret with its versions, as the service keeps it. Times are epoch milliseconds. */
export class StoredSecret {
  readonly properties: SecretProperties;
  readonly versions: StoredVersion[] = [];
  /** Only the service itself locks and unlocks. */
  isLocked = false;
  usedBy: readonly string[] = [];
  updatedAt: number;
  deletionRequestedAt: number | undefined;

  constructor(properties: SecretProperties) {
    this.properties = properties;
    this.updatedAt = properties.createdAt;
  }

  /** Versions that still count: all but the deleted ones. */
  get versionCount(): number {
    return this.versions.filter(({ status }) => status !== 'deleted').length;
  }

  age(now: number): void {
    for (const version of this.versions) age(version, now);
  }

  /** Refuses what cannot be done to a secret that is locked or scheduled for deletion. */
  assertUsable(): void {
    if (this.isLocked) {
      throw new ApiRefusal('locked', { resource: 'secret', resource_id: this.properties.id });
    }
    if (this.deletionRequestedAt !== undefined) {
      throw preconditionFailed('resource_not_usable', 'secret is scheduled for deletion');
    }
  }

  addVersion(version: NewVersion, now: number): StoredVersion {
    this.assertUsable();
    const { data, description = '', disablePrevious = false } = version;
    if (data.length > MAX_PAYLOAD_BYTES) throw invalidArgument('data', 'constraint', 'maximum size is 64 KiB');
    if (version.crc32 !== undefined && version.crc32 !== crc32(data)) {
      throw invalidArgument('data_crc32', 'constraint', 'checksum does not match the data');
    }
    assertPayloadType(this.properties.type, data);
    const previous = this.versions.at(-1);
    if (disablePrevious && previous?.status === 'enabled') this.setStatus(previous, 'disabled', now);
    const added: StoredVersion = {
      revision: (previous?.revision ?? 0) + 1,
      data: data.slice(),
      crc32: version.crc32,
      createdAt: now,
      updatedAt: now,
      status: 'enabled',
      description,
      ephemeral: ephemeralFrom(this.properties.policy, now),
    };
    this.versions.push(added);
    return added;
  }

  /** By number, `latest` or `latest_enabled`. */
  version(selector: string): StoredVersion {
    const found = this.#find(selector);
    if (found === undefined) throw notFound('secret_version', selector);
    return found;
  }

  isLatest({ revision }: StoredVersion): boolean {
    return this.#find('latest')?.revision === revision;
  }

  setStatus(version: StoredVersion, status: 'enabled' | 'disabled', now: number): void {
    this.assertUsable();
    if (version.status === 'deleted') throw notFound('secret_version', String(version.revision));
    if (version.status === 'scheduled_for_deletion') {
      throw preconditionFailed('resource_not_usable', 'version is scheduled for deletion');
    }
    if (version.status === 'disabled' && status === 'enabled') {
      // Amounts to writing the version again, by the policy of now.
      version.ephemeral = ephemeralFrom(this.properties.policy, now);
      version.expiredAt = undefined;
    }
    version.status = status;
    version.updatedAt = now;
  }

  /** Takes effect in seven days, or at once where the version is ephemeral. */
  deleteVersion(version: StoredVersion, now: number): void {
    this.assertUsable();
    if (version.status === 'deleted') throw notFound('secret_version', String(version.revision));
    if (version.status === 'scheduled_for_deletion') {
      throw preconditionFailed('resource_not_usable', 'version is scheduled for deletion');
    }
    if (version.ephemeral !== undefined) {
      version.status = 'deleted';
      version.deletedAt = now;
    } else {
      version.statusBefore = version.status;
      version.status = 'scheduled_for_deletion';
      version.deletionRequestedAt = now;
    }
    version.updatedAt = now;
  }

  restoreVersion(version: StoredVersion, now: number): void {
    this.assertUsable();
    if (version.status !== 'scheduled_for_deletion') {
      throw preconditionFailed('resource_not_usable', 'version is not about to go');
    }
    version.status = version.statusBefore ?? 'enabled';
    version.deletionRequestedAt = undefined;
    version.updatedAt = now;
  }

  #find(selector: string): StoredVersion | undefined {
    const newestFirst = this.versions.toReversed();
    if (selector === 'latest') return newestFirst.find(({ status }) => status !== 'deleted');
    if (selector === 'latest_enabled') return newestFirst.find(({ status }) => status === 'enabled');
    return newestFirst.find(({ revision }) => String(revision) === selector);
  }
}
