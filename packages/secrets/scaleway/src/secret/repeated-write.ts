import { createHash } from 'node:crypto';
import type { Secretv1beta1 } from '@scaleway/sdk-secret';
import { failure, type Subject } from '../reference/subject.ts';
import type { ApiCall } from './api-call.ts';
import type { FoundSecret } from './find-secret.ts';
import { readVersionBytes } from './read-secret.ts';
import type { PlannedWrite } from './planned-write.ts';

const MAX_KEY_LENGTH = 256;

/**
 * The description under which a version is written for an idempotency key, so that a repetition finds it. Hashed: a key
 * may have characters that a description may not.
 *
 * @throws {SecretProviderError} `INVALID` for a key that is empty or too long.
 */
export function describeWrite(key: string | undefined, subject: Subject): string | undefined {
  if (key === undefined) return undefined;
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    throw failure(subject, 'INVALID', `idempotencyKey must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  return `idempotency-key-sha256=${createHash('sha256').update(key).digest('hex')}`;
}

/**
 * The revision that an earlier write under the same key made.
 *
 * @returns `undefined`: none did.
 * @throws {SecretProviderError} `CONFLICT`: it wrote other bytes, or what it wrote is not enabled any more.
 */
export async function findRepeatedWrite(
  call: ApiCall,
  found: FoundSecret,
  versions: readonly Secretv1beta1.SecretVersion[],
  { description, bytes }: PlannedWrite,
): Promise<number | undefined> {
  const written = versions.find((version) => version.description === description);
  if (description === undefined || written === undefined) return undefined;
  const { revision, status } = written;
  if (status !== 'enabled') {
    throw failure(call.subject, 'CONFLICT', `version ${revision}, written under this idempotencyKey, is not enabled`);
  }
  if (isReadable(written) && !isEqual(await readVersionBytes(call, found.region, found.id, revision), bytes)) {
    throw failure(call.subject, 'CONFLICT', 'this idempotencyKey stands for another payload');
  }
  return revision;
}

/** Comparing would use up a version that ends with its first read. */
function isReadable({ ephemeralProperties }: Secretv1beta1.SecretVersion): boolean {
  return ephemeralProperties?.expiresOnceAccessed !== true;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
