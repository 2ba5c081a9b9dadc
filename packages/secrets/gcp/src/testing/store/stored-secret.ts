import type { protos } from '@google-cloud/secret-manager';

export type VersionState = 'ENABLED' | 'DISABLED' | 'DESTROYED';

export interface StoredVersion {
  readonly number: number;
  readonly createdAtMs: number;
  state: VersionState;
  data: Uint8Array;
  readonly hasClientChecksum: boolean;
  destroyedAtMs?: number;
  /** When a version that was asked to be destroyed really is. */
  destroyAtMs?: number;
  etag: string;
}

export interface StoredSecret {
  /** Without the project's alias: `projects/{id}/…`. */
  readonly key: string;
  readonly location: string | undefined;
  readonly createdAtMs: number;
  readonly replication: protos.google.cloud.secretmanager.v1.IReplication | undefined;
  readonly versions: StoredVersion[];
  readonly secretType: protos.google.cloud.secretmanager.v1.Secret.SecretType;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  aliases: Map<string, number>;
  topics: string[];
  rotation: protos.google.cloud.secretmanager.v1.IRotation | undefined;
  encryption: protos.google.cloud.secretmanager.v1.ICustomerManagedEncryption | undefined;
  expiresAtMs: number | undefined;
  versionDestroyTtlMs: number | undefined;
  etag: string;
  policy: protos.google.iam.v1.IPolicy;
}

/** All secrets, with what becomes of them as time goes by. */
export class SecretStore {
  readonly #secrets = new Map<string, StoredSecret>();
  readonly #now: () => number;
  #etags = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** As Google writes them, quotes included. */
  nextEtag(): string {
    this.#etags += 1;
    return `"${(0x5f0000000 + this.#etags).toString(16)}"`;
  }

  get(key: string): StoredSecret | undefined {
    this.#settle();
    return this.#secrets.get(key);
  }

  put(secret: StoredSecret): void {
    this.#secrets.set(secret.key, secret);
  }

  remove(key: string): void {
    this.#secrets.delete(key);
  }

  /** Newest first. */
  list(): StoredSecret[] {
    this.#settle();
    return [...this.#secrets.values()].reverse();
  }

  /** Lets secrets expire and versions be destroyed whose time has come. */
  #settle(): void {
    const now = this.#now();
    for (const secret of this.#secrets.values()) {
      if (secret.expiresAtMs !== undefined && secret.expiresAtMs <= now) {
        this.#secrets.delete(secret.key);
        continue;
      }
      for (const version of secret.versions) {
        if (version.destroyAtMs !== undefined && version.destroyAtMs <= now)
          destroyVersion(version, version.destroyAtMs);
      }
    }
  }
}

export function destroyVersion(version: StoredVersion, atMs: number): void {
  version.state = 'DESTROYED';
  version.data = new Uint8Array(0);
  version.destroyedAtMs = atMs;
  delete version.destroyAtMs;
}
