import { SecretProviderError } from '@mortise/secrets';
import type { GcpReplication } from '../client/gcp-secret-manager-client.ts';
import { failure } from '../errors/subject.ts';
import { crc32c } from '../payload/crc32c.ts';
import { formatParent, formatSecretName, readVersionNumber } from '../reference/resource-name.ts';
import { LATEST } from '../reference/selector.ts';
import { changeSecret } from './change-secret.ts';
import { type GcpOperation, invoke } from './gcp-operation.ts';
import { readVersion } from './read-version.ts';
import { mergeMetadata, type SecretMetadata } from './secret-metadata.ts';

export interface NewVersion {
  readonly data: Uint8Array;
  readonly metadata: SecretMetadata | undefined;
  /** How the secret is created where it is absent. Absent: it is not, and that is `NOT_FOUND`. */
  readonly creation: SecretCreation | undefined;
  /** Whether the newest version counts as written by this call if it holds the same bytes. */
  readonly isRepeatable: boolean;
}

interface SecretCreation {
  readonly replication: GcpReplication;
  /** Whole seconds. */
  readonly versionDestroyTtlSeconds: number | undefined;
}

/**
 * Writes a version and, on the way, what is said about its secret. Adds first and creates only where that fails, so that
 * the usual write is one call and takes one permission. Labels go before the payload: a write that fails between the two
 * has changed nothing that is read, and its repetition goes on from there.
 *
 * @returns The number of the version.
 */
export async function writeVersion(operation: GcpOperation, write: NewVersion): Promise<string> {
  const { metadata, creation, isRepeatable } = write;
  const written = isRepeatable ? await findWritten(operation, write.data) : undefined;
  if (metadata !== undefined && !(await label(operation, metadata)) && creation !== undefined) {
    await create(operation, creation, metadata);
  }
  if (written !== undefined) return written;
  try {
    return await add(operation, write.data);
  } catch (error) {
    if (creation === undefined || !SecretProviderError.is(error) || error.code !== 'NOT_FOUND') throw error;
  }
  await create(operation, creation, metadata);
  return add(operation, write.data);
}

/** The newest version, if it holds these bytes. */
async function findWritten(operation: GcpOperation, data: Uint8Array): Promise<string | undefined> {
  try {
    const newest = await readVersion(operation, LATEST);
    const isSame = newest.data.length === data.length && newest.data.every((byte, index) => byte === data[index]);
    newest.data.fill(0);
    return isSame ? newest.version : undefined;
  } catch (error) {
    const isNone = SecretProviderError.is(error) && (error.code === 'NOT_FOUND' || error.code === 'VERSION_DISABLED');
    if (isNone) return undefined;
    throw error;
  }
}

/** Whether there is a secret, which then has the labels. */
async function label(operation: GcpOperation, metadata: SecretMetadata): Promise<boolean> {
  const secret = await changeSecret(operation, (present) => {
    const merged = mergeMetadata(present, metadata);
    return merged === undefined ? undefined : { secret: merged, mask: ['labels', 'annotations'] };
  });
  return secret !== undefined;
}

/** Creates the secret, or labels the one that somebody else created in between. */
async function create(
  operation: GcpOperation,
  { replication, versionDestroyTtlSeconds }: SecretCreation,
  metadata: SecretMetadata | undefined,
): Promise<void> {
  const { client, name } = operation;
  const secret = {
    // A regional secret stays where it is, and the service refuses a policy for it.
    ...(name.location === undefined ? { replication } : {}),
    ...(versionDestroyTtlSeconds === undefined ? {} : { versionDestroyTtl: { seconds: versionDestroyTtlSeconds } }),
    ...metadata,
  };
  try {
    await invoke(operation, 'CreateSecret', (options) =>
      client.createSecret({ parent: formatParent(name), secretId: name.secret, secret }, options),
    );
  } catch (error) {
    if (!SecretProviderError.is(error) || error.code !== 'CONFLICT') throw error;
    if (metadata !== undefined) await label(operation, metadata);
  }
}

async function add(operation: GcpOperation, data: Uint8Array): Promise<string> {
  const { client, name, call } = operation;
  const payload = { data, dataCrc32c: crc32c(data) };
  const [added] = await invoke(operation, 'AddSecretVersion', (options) =>
    client.addSecretVersion({ parent: formatSecretName(name), payload }, options),
  );
  const version = readVersionNumber(added?.name, name);
  if (version !== undefined) return version;
  throw failure(call.subject, 'UNKNOWN', 'the service took the version and did not say which one it made of it');
}
