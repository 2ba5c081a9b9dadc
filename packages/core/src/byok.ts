/** Outcome of checking a tenant's own key with the provider. */
export interface ByokKeyValidationResult {
  readonly valid: boolean;
  /** Scopes that the key was granted. */
  readonly scopes?: readonly string[];
  /** What is left, by resource, in the provider's unit. */
  readonly quotaRemaining?: Readonly<Record<string, number>>;
  /** Instant (ISO 8601) at which the key stops working. */
  readonly expiresAt?: string;
  /** Why the key is not valid. */
  readonly error?: string;
  /** What else the provider told: plan, tier and so on. */
  readonly providerMeta?: Readonly<Record<string, unknown>>;
}

export type ByokKeyRotationReason = 'scheduled' | 'compromised' | 'manual';

export interface ByokKeyRotationRequest {
  readonly connectionId: string;
  readonly reason: ByokKeyRotationReason;
  /** Reference of the new key, when the tenant has already stored one. */
  readonly newSecretRef?: string;
}

export interface ByokKeyRotationResult {
  readonly success: boolean;
  readonly newSecretRef?: string;
  /** ISO 8601 instant. */
  readonly rotatedAt?: string;
  readonly error?: string;
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

/** What a provider does for tenants' keys. `rotateKey` is absent where the provider cannot make keys for its users. */
export interface ByokKeyLifecycle {
  validateKey(secrets: Record<string, string>): Promise<ByokKeyValidationResult>;
  rotateKey?(secrets: Record<string, string>, request: ByokKeyRotationRequest): Promise<ByokKeyRotationResult>;
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
