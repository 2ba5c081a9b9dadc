import { createHash, randomUUID } from 'node:crypto';
import { failure, type Subject } from '../reference/subject.ts';

const MAX_KEY_LENGTH = 256;

/** Which kind of write a key is for: a staged write and one that becomes current are two writes, also under one key. */
export type WriteKind = 'set' | 'rotate' | 'stage';

/**
 * The `ClientRequestToken` of a write, which becomes the version's id: derived from the caller's key, so that a
 * repeated write is the same to AWS, or new.
 *
 * @throws {SecretProviderError} `INVALID` for a key that is empty or has more than 256 characters.
 */
export function requestToken(kind: WriteKind, idempotencyKey: string | undefined, subject: Subject): string {
  if (idempotencyKey === undefined) return randomUUID();
  if (typeof idempotencyKey !== 'string' || idempotencyKey === '' || idempotencyKey.length > MAX_KEY_LENGTH) {
    throw failure(subject, 'INVALID', `"idempotencyKey" must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  return createHash('sha256').update(`mortise ${kind} ${idempotencyKey}`).digest('hex');
}
