import { protos } from '@google-cloud/secret-manager';
import type { StoredSecret, StoredVersion } from './stored-secret.ts';

type Secret = protos.google.cloud.secretmanager.v1.ISecret;
type SecretVersion = protos.google.cloud.secretmanager.v1.ISecretVersion;

const { State } = protos.google.cloud.secretmanager.v1.SecretVersion;

function toTimestamp(epochMs: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(epochMs / 1000);
  return { seconds, nanos: Math.round((epochMs - seconds * 1000) * 1e6) };
}

/** @param name As the service answers with it, the project as a number. */
export function toSecret(secret: StoredSecret, name: string): Secret {
  const { replication, rotation, encryption, expiresAtMs, versionDestroyTtlMs, topics } = secret;
  return {
    name,
    createTime: toTimestamp(secret.createdAtMs),
    labels: secret.labels,
    annotations: secret.annotations,
    versionAliases: Object.fromEntries(secret.aliases),
    etag: secret.etag,
    secretType: secret.secretType,
    ...(topics.length === 0 ? {} : { topics: topics.map((topic) => ({ name: topic })) }),
    ...(replication === undefined ? {} : { replication }),
    ...(rotation === undefined ? {} : { rotation }),
    ...(encryption === undefined ? {} : { customerManagedEncryption: encryption }),
    ...(expiresAtMs === undefined ? {} : { expireTime: toTimestamp(expiresAtMs) }),
    ...(versionDestroyTtlMs === undefined ? {} : { versionDestroyTtl: { seconds: versionDestroyTtlMs / 1000 } }),
  };
}

export function toSecretVersion(version: StoredVersion, { replication }: StoredSecret, name: string): SecretVersion {
  const { destroyedAtMs, destroyAtMs } = version;
  const replicas = replication?.userManaged?.replicas;
  return {
    name,
    createTime: toTimestamp(version.createdAtMs),
    state: State[version.state],
    etag: version.etag,
    clientSpecifiedPayloadChecksum: version.hasClientChecksum,
    ...(replication === undefined ? {} : { replicationStatus: toReplicationStatus(replicas) }),
    ...(destroyedAtMs === undefined ? {} : { destroyTime: toTimestamp(destroyedAtMs) }),
    ...(destroyAtMs === undefined ? {} : { scheduledDestroyTime: toTimestamp(destroyAtMs) }),
  };
}

function toReplicationStatus(
  replicas: readonly { readonly location?: string | null }[] | null | undefined,
): protos.google.cloud.secretmanager.v1.IReplicationStatus {
  if (replicas === undefined || replicas === null) return { automatic: {} };
  return { userManaged: { replicas: replicas.map(({ location }) => ({ location: location ?? '' })) } };
}
