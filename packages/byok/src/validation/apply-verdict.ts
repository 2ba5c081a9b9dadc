import type { ByokKeyMetadata } from '@mortise/core';
import type { ByokKeyFacts, ByokKeyRecord } from '../record/byok-key-record.ts';
import { toInstant } from '../runner/byok-clock.ts';
import type { KeyVerdict } from './check-key.ts';

/**
 * The record after a check of the current key. A check that could not tell leaves the status and the time of the last
 * validation alone, so that the key goes stale by itself; unless the key is another one than was validated, of which
 * nothing is known then.
 *
 * @param keyVersion Version that was checked, where the backend has versions.
 */
export function applyVerdict(
  record: ByokKeyRecord,
  verdict: KeyVerdict,
  keyVersion: string | undefined,
): ByokKeyRecord {
  const { outcome, facts, error, retryAfterMs } = verdict;
  const checkedAtMs = Date.parse(facts.validatedAt);
  const isOther = keyVersion !== undefined && record.keyVersion !== undefined && keyVersion !== record.keyVersion;
  return {
    ...record,
    metadata: outcome === 'unknown' ? withError(record.metadata, error, isOther) : settled(record.metadata, verdict),
    validation: {
      outcome,
      checkedAt: facts.validatedAt,
      unknownsInARow: outcome === 'unknown' ? (record.validation?.unknownsInARow ?? 0) + 1 : 0,
      ...(retryAfterMs === undefined ? {} : { notBefore: toInstant(checkedAtMs + retryAfterMs) }),
    },
    ...(keyVersion === undefined ? {} : { keyVersion }),
  };
}

/** The metadata of a key that was just found good. */
export function metadataOf(before: ByokKeyMetadata, facts: ByokKeyFacts): ByokKeyMetadata {
  const { createdAt, lastRotatedAt } = before;
  const { validatedAt, ...told } = facts;
  return {
    createdAt,
    ...(lastRotatedAt === undefined ? {} : { lastRotatedAt }),
    validationStatus: 'valid',
    lastValidatedAt: validatedAt,
    ...told,
  };
}

/** A key that lacks scopes cannot be relied on; one whose quota is spent is still the right key. */
function settled(before: ByokKeyMetadata, { outcome, facts, error }: KeyVerdict): ByokKeyMetadata {
  const isGood = outcome === 'valid' || outcome === 'quota_exhausted';
  return {
    ...metadataOf(before, facts),
    validationStatus: isGood ? 'valid' : 'invalid',
    ...(error === undefined ? {} : { lastError: error }),
  };
}

function withError(before: ByokKeyMetadata, error: string | undefined, isOther: boolean): ByokKeyMetadata {
  const lastError = error === undefined ? {} : { lastError: error };
  if (!isOther) return { ...before, ...lastError };
  const { createdAt, lastRotatedAt } = before;
  return {
    createdAt,
    ...(lastRotatedAt === undefined ? {} : { lastRotatedAt }),
    validationStatus: 'unknown',
    ...lastError,
  };
}
