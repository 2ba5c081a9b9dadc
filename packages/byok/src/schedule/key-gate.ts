import { isByokValidationStale, DEFAULT_BYOK_VALIDATION_MAX_AGE_MS } from '@mortise/core';
import { ByokError, type ByokUnusableReason } from '../byok-error.ts';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import type { ByokKeyStore } from '../record/byok-key-store.ts';

export interface ByokUsabilityOptions {
  /** Milliseconds for which a validation is good. Default 1 day. */
  readonly maxAgeMs?: number;
  /**
   * Milliseconds past `maxAgeMs` for which a key that was valid stays usable while every check since could not tell, as
   * when the provider's own API is down. Default 0: no grace. Never applies to a key that nobody tried to check.
   */
  readonly graceMs?: number;
  /** Whether a key that was reported as compromised is refused until a new one is in use. Default false. */
  readonly refuseCompromised?: boolean;
  /** Epoch milliseconds. Default: the current time. */
  readonly now?: number;
}

/**
 * Why a key must not be relied on; `undefined` for one that may be. Fails closed: without a record, without a validation,
 * and with times that cannot be read or lie ahead.
 */
export function findByokUnusableReason(
  record: ByokKeyRecord | undefined,
  options: ByokUsabilityOptions = {},
): ByokUnusableReason | undefined {
  if (record === undefined) return 'unknown_key';
  const { maxAgeMs = DEFAULT_BYOK_VALIDATION_MAX_AGE_MS, graceMs = 0, now = Date.now() } = options;
  const { metadata, validation } = record;
  if (metadata.validationStatus === 'invalid') return 'invalid';
  if (metadata.validationStatus !== 'valid' || metadata.lastValidatedAt === undefined) return 'never_validated';
  if (metadata.expiresAt !== undefined && !(Date.parse(metadata.expiresAt) > now)) return 'expired';
  const isTrying = validation !== undefined && validation.unknownsInARow > 0;
  if (isByokValidationStale(metadata, isTrying ? maxAgeMs + graceMs : maxAgeMs, now)) return 'stale';
  if (options.refuseCompromised === true && record.compromise?.isReplaced === false) return 'compromised';
  return undefined;
}

/**
 * Refuses a key that must not be relied on, with the reason in the message.
 *
 * @throws {ByokError} `KEY_NOT_USABLE`
 */
export function assertByokKeyUsable(
  record: ByokKeyRecord | undefined,
  options?: ByokUsabilityOptions,
): asserts record is ByokKeyRecord {
  const reason = findByokUnusableReason(record, options);
  if (reason === undefined) return;
  throw new ByokError({
    code: 'KEY_NOT_USABLE',
    reason,
    message: record === undefined ? MESSAGES[reason] : `${MESSAGES[reason]} (connection "${record.connectionId}")`,
    ...(record === undefined ? {} : { connectionId: record.connectionId }),
  });
}

const MESSAGES: Readonly<Record<ByokUnusableReason, string>> = {
  unknown_key: 'Nothing is known of this key; validate it first',
  never_validated: 'The key was never validated with the provider; validate it first',
  invalid: 'The provider refused the key at its last validation; let the tenant replace it',
  expired: 'The key has expired; rotate it or let the tenant replace it',
  stale: 'The last validation of the key is too old; validate it again',
  compromised: 'The key is compromised and not replaced yet',
};

/**
 * Looks up a connection's record and refuses its key unless it may be relied on. Call it before the call guard.
 *
 * @throws {ByokError} `KEY_NOT_USABLE`; errors of the store come as they are, so a store that is down fails closed too.
 */
export async function requireUsableByokKey(
  store: ByokKeyStore,
  owner: ByokKeyOwner,
  options: ByokUsabilityOptions & { readonly signal?: AbortSignal } = {},
): Promise<ByokKeyRecord> {
  const record = await store.load(owner, options.signal === undefined ? {} : { signal: options.signal });
  assertByokKeyUsable(record, options);
  return record;
}
