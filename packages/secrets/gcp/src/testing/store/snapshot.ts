import type { StoredSecret, VersionState } from './stored-secret.ts';

/** What a test may look at. */
export interface GcpSecretSnapshot {
  /** Resource name, the project as its number. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Number of the version by alias. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly etag: string;
  /** Oldest first. */
  readonly versions: readonly {
    readonly version: string;
    readonly state: VersionState;
    /** Empty once it is destroyed. */
    readonly data: Uint8Array;
    /** Whether its writer sent a checksum. */
    readonly hasClientChecksum: boolean;
  }[];
}

export function toSnapshot(secret: StoredSecret): GcpSecretSnapshot {
  return {
    name: secret.key,
    labels: { ...secret.labels },
    annotations: { ...secret.annotations },
    aliases: Object.fromEntries([...secret.aliases].map(([alias, number]) => [alias, String(number)])),
    etag: secret.etag,
    versions: secret.versions.map(({ number, state, data, hasClientChecksum }) => ({
      version: String(number),
      state,
      data: data.slice(),
      hasClientChecksum,
    })),
  };
}
