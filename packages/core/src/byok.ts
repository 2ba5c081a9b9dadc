import type { IntegrationConnection } from './connection/connection.ts';

/**
 * What a check of a key came to. `invalid`: the provider refuses it for good. `missing_scope`: it is good and may not do
 * all that is needed. `quota_exhausted`: it is good and used up for now. `unknown`: nobody can tell, since the provider did
 * not answer; a key that worked stays what it was.
 */
export type ByokKeyValidationOutcome = 'valid' | 'invalid' | 'missing_scope' | 'quota_exhausted' | 'unknown';

/** Outcome of checking a tenant's own key with the provider. */
export interface ByokKeyValidationResult {
  readonly valid: boolean;
  /** Finer than `valid`, which it must not contradict: one says yes and the other no counts as `unknown`. Absent: `valid` decides. */
  readonly outcome?: ByokKeyValidationOutcome;
  /** Scopes that the key was granted. */
  readonly scopes?: readonly string[];
  /** Scopes that are needed and not granted, where the provider names them. */
  readonly missingScopes?: readonly string[];
  /** What is left, by resource, in the provider's unit. */
  readonly quotaRemaining?: Readonly<Record<string, number>>;
  /** Instant (ISO 8601) at which the key stops working. */
  readonly expiresAt?: string;
  /** Milliseconds that the provider asks to wait before the next check. */
  readonly retryAfterMs?: number;
  /** Why the key is not valid. */
  readonly error?: string;
  /** What else the provider told: plan, tier and so on. */
  readonly providerMeta?: Readonly<Record<string, unknown>>;
}

export type ByokKeyRotationReason = 'scheduled' | 'compromised' | 'manual';

/** What a lifecycle is told besides the secret. A caller from before these fields came gives none of them. */
export interface ByokKeyCall {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** The connection that the key belongs to. */
  readonly connection?: IntegrationConnection;
  /** Configuration of the connection. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface ByokKeyRotationRequest extends ByokKeyCall {
  readonly connectionId: string;
  readonly reason: ByokKeyRotationReason;
  /** Reference of the new key, when the tenant has already stored one. */
  readonly newSecretRef?: string;
  /**
   * The same for every try of one rotation, at most 64 letters, digits and `-`. Under one key a provider makes one new
   * key: a repetition gives that key again or, where it can be shown only once, replaces and revokes it.
   */
  readonly idempotencyKey?: string;
}

export interface ByokKeyRotationResult {
  readonly success: boolean;
  /** Where the new key was stored. Never the reference that the connection reads. */
  readonly newSecretRef?: string;
  /**
   * The new key itself, by field of the secret. Fields that are left out stay as they are. Absent: it is under
   * `newSecretRef`.
   */
  readonly newSecrets?: Readonly<Record<string, string>>;
  /** ISO 8601 instant. */
  readonly rotatedAt?: string;
  /** Instant (ISO 8601) at which the new key stops working. */
  readonly expiresAt?: string;
  /** Instant (ISO 8601) until which the provider lets the old key live. Absent: until it is revoked. */
  readonly previousKeyValidUntil?: string;
  /** Whether the same request may succeed later. Default false. Read only where `success` is false. */
  readonly retryable?: boolean;
  readonly error?: string;
}

/** A key that is not needed any more: the old one after its overlap, or a new one that was not good. */
export interface ByokKeyRevocationRequest extends ByokKeyCall {
  readonly connectionId: string;
  readonly reason: ByokKeyRotationReason;
  /** The same for every try to revoke one key. A key that is revoked already stays so, without an error. */
  readonly idempotencyKey?: string;
  /** The key that stays in use. What the two have in common, such as an account's id, must not be ended. */
  readonly currentSecrets?: Readonly<Record<string, string>>;
}

/** What is known of a tenant's key, kept beside the connection; never the key. */
export interface ByokKeyMetadata {
  /** ISO 8601 instant, as are the two below. */
  readonly createdAt: string;
  readonly lastRotatedAt?: string;
  readonly lastValidatedAt?: string;
  /** Result of the last validation. */
  readonly validationStatus: 'valid' | 'invalid' | 'unknown';
  readonly quotaSnapshot?: Readonly<Record<string, number>>;
  /** Instant (ISO 8601) at which the key stops working, as the last validation reported it. */
  readonly expiresAt?: string;
  readonly scopes?: readonly string[];
  /** Why the last validation failed. */
  readonly lastError?: string;
}

/**
 * What a provider does for tenants' keys. `rotateKey` is absent where the provider cannot make keys for its users, and
 * `revokeKey` where it cannot end them.
 */
export interface ByokKeyLifecycle {
  validateKey(secrets: Record<string, string>, call?: ByokKeyCall): Promise<ByokKeyValidationResult>;
  rotateKey?(secrets: Record<string, string>, request: ByokKeyRotationRequest): Promise<ByokKeyRotationResult>;
  /** Ends the key that these secrets hold. Rejects when that is not certain. */
  revokeKey?(secrets: Record<string, string>, request: ByokKeyRevocationRequest): Promise<void>;
}

/** One day. */
export const DEFAULT_BYOK_VALIDATION_MAX_AGE_MS = 86_400_000;

/**
 * Whether the last validation is too old to rely on. Fails closed: a missing, unparsable or future time is stale.
 * The outcome of that validation is not looked at; see `isByokKeyUsable`.
 *
 * @param maxAgeMs Default one day.
 * @param now Epoch milliseconds, default the current time.
 */
export function isByokValidationStale(
  metadata: ByokKeyMetadata,
  maxAgeMs: number = DEFAULT_BYOK_VALIDATION_MAX_AGE_MS,
  now: number = Date.now(),
): boolean {
  if (metadata.lastValidatedAt === undefined) return true;
  const ageMs = now - Date.parse(metadata.lastValidatedAt);
  return !(ageMs >= 0 && ageMs <= maxAgeMs);
}

/** Whether a key may be relied on: validated as good, recently enough, and not past its expiry. */
export function isByokKeyUsable(
  metadata: ByokKeyMetadata,
  maxAgeMs: number = DEFAULT_BYOK_VALIDATION_MAX_AGE_MS,
  now: number = Date.now(),
): boolean {
  if (metadata.validationStatus !== 'valid') return false;
  if (metadata.expiresAt !== undefined && !(Date.parse(metadata.expiresAt) > now)) return false;
  return !isByokValidationStale(metadata, maxAgeMs, now);
}
