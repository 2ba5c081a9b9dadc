import { normalizeSecretPayload, type SecretWritePayload } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';
import { describeWrite } from './repeated-write.ts';
import { toTags } from './secret-tags.ts';

/** Largest payload of a version. @see https://www.scaleway.com/en/docs/secret-manager/quickstart/ (read 2026-11-25) */
const MAX_PAYLOAD_BYTES = 65_536;

/** A write with everything checked that can be checked without asking. */
export interface PlannedWrite {
  readonly bytes: Uint8Array;
  readonly tags: readonly string[];
  readonly description: string | undefined;
}

/** @throws {SecretProviderError} `INVALID`, or `TOO_LARGE` for more than 65,536 bytes. */
export function planWrite(
  payload: SecretWritePayload,
  idempotencyKey: string | undefined,
  subject: Subject,
): PlannedWrite {
  const { provider, reference } = subject;
  const bytes = normalizeSecretPayload(payload, { provider, reference });
  if (bytes.length > MAX_PAYLOAD_BYTES) {
    throw failure(subject, 'TOO_LARGE', `the payload has ${bytes.length} bytes, and the limit is ${MAX_PAYLOAD_BYTES}`);
  }
  return { bytes, tags: toTags(payload, subject), description: describeWrite(idempotencyKey, subject) };
}
