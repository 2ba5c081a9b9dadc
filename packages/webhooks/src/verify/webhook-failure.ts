/**
 * Why a delivery is not accepted:
 * - `missing_header`, `missing_value`: a header, or a value of body, form or query, that the contract requires is absent.
 * - `duplicate_header`: a header that may be there once came several times.
 * - `malformed`: something that must be read is not of the form that the contract says.
 * - `timestamp_out_of_tolerance`: too old, or too far in the future.
 * - `no_match`: no signature or shared value is the one expected.
 * - `replayed`: verified, and seen before.
 * - `unverifiable`: the vendor proves nothing, and `acceptUnverified` was not given.
 * - `too_large`: the body exceeds `maxBodyBytes`.
 * - `aborted`: the request or the caller's signal ended before the body was read.
 * - `no_secret`, `invalid_secret`: the secrets that were passed lack a field, or it cannot be a key.
 * - `no_contract`: the spec has no webhooks, or none under the key that was asked for.
 * - `missing_url`: the URL is signed, and it is not known as the vendor called it.
 * - `unsupported_scheme`: the contract asks for something that does not exist.
 * - `keys_unavailable`: the vendor's public keys could not be fetched.
 * - `replay_store_failed`: the store could not say whether the delivery is new.
 */
export type WebhookFailureReason =
  | 'missing_header'
  | 'missing_value'
  | 'duplicate_header'
  | 'malformed'
  | 'timestamp_out_of_tolerance'
  | 'no_match'
  | 'replayed'
  | 'unverifiable'
  | 'too_large'
  | 'aborted'
  | 'no_secret'
  | 'invalid_secret'
  | 'no_contract'
  | 'missing_url'
  | 'unsupported_scheme'
  | 'keys_unavailable'
  | 'replay_store_failed';

/** A delivery that is not accepted. Holds nothing of the request and nothing of the secrets. */
export interface WebhookFailure {
  readonly ok: false;
  readonly reason: WebhookFailureReason;
  /** One line for a log: what was expected, and where. */
  readonly message: string;
  /** Key of the contract that came closest. Absent where none was reached. */
  readonly contract?: string;
  /** Of a delivery that was `replayed`: the key that was seen before. */
  readonly dedupeKey?: string;
}

export function failure(
  reason: WebhookFailureReason,
  message: string,
  more?: Pick<WebhookFailure, 'contract' | 'dedupeKey'>,
): WebhookFailure {
  return { ok: false, reason, message, ...more };
}
