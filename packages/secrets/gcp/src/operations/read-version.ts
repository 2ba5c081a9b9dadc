import { SecretProviderError } from '@mortise/secrets';
import { failure } from '../errors/subject.ts';
import { readPayload } from '../payload/read-payload.ts';
import { formatVersionName, readVersionNumber } from '../reference/resource-name.ts';
import { isVersionNumber, LATEST } from '../reference/selector.ts';
import { type GcpOperation, invoke } from './gcp-operation.ts';
import { findNewestEnabled } from './list-versions.ts';

export interface ReadVersion {
  readonly data: Uint8Array;
  /** The number of the version. */
  readonly version: string;
  /** CRC-32C in decimal, where the service sent it. */
  readonly crc: string | undefined;
}

/**
 * The payload of a version in one call; in two where it arrives damaged the first time.
 *
 * @throws {SecretProviderError} `INTEGRITY`: it arrived damaged twice.
 */
export async function readVersion(operation: GcpOperation, selector: string): Promise<ReadVersion> {
  try {
    return await readOnce(operation, selector);
  } catch (error) {
    if (!SecretProviderError.is(error) || error.code !== 'INTEGRITY') throw error;
    return readOnce(operation, selector);
  }
}

/** `latest`, or the newest version that is enabled where that one is not. */
export async function readLatestEnabled(operation: GcpOperation): Promise<ReadVersion> {
  try {
    return await readVersion(operation, LATEST);
  } catch (error) {
    if (!SecretProviderError.is(error) || error.code !== 'VERSION_DISABLED') throw error;
    const enabled = await findNewestEnabled(operation);
    if (enabled === undefined) throw error;
    return readVersion(operation, enabled);
  }
}

async function readOnce(operation: GcpOperation, selector: string): Promise<ReadVersion> {
  const { client, name, call } = operation;
  const [response] = await invoke(operation, 'AccessSecretVersion', (options) =>
    client.accessSecretVersion({ name: formatVersionName(name, selector) }, options),
  );
  const version = readVersionNumber(response?.name, name);
  if (version === undefined || (isVersionNumber(selector) && version !== selector)) {
    throw failure(call.subject, 'INTEGRITY', 'the answer is about another version or secret');
  }
  const payload = readPayload(response.payload);
  if (!payload.isSound) throw failure(call.subject, 'INTEGRITY', payload.fault);
  return { data: payload.data, version, crc: payload.crc };
}
