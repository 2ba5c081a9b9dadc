import type { SecretValue } from '../secret-provider.ts';
import type { SecretProviderError } from '../secret-provider-error.ts';
import { copySecretValue } from '../value/create-secret-value.ts';
import type { CacheKey } from './cache-key.ts';
import type { CacheSettings } from './cache-secrets-options.ts';
import { LruMap } from './lru-map.ts';
import { isPinnedVersion } from './pinned-version.ts';

interface CachedValue {
  readonly subject: string;
  readonly value: SecretValue;
  readonly storedAtMs: number;
  readonly expiresAtMs: number;
  /** Consecutive failures to renew it, and when to try again. */
  failures: number;
  retryAtMs: number;
}

interface CachedAbsence {
  readonly subject: string;
  readonly error: SecretProviderError;
  readonly storedAtMs: number;
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 128_000;

/** What is known about secrets, and for how long. Asks no backend. */
export class SecretStore {
  readonly #settings: CacheSettings;
  readonly #values: LruMap<CachedValue>;
  readonly #pinned: LruMap<CachedValue>;
  readonly #absences: LruMap<CachedAbsence>;

  constructor(settings: CacheSettings) {
    this.#settings = settings;
    this.#values = new LruMap(settings.maxEntries);
    this.#pinned = new LruMap(settings.maxPinnedEntries);
    this.#absences = new LruMap(settings.maxEntries);
  }

  /** The value, if it may be served without asking: it is in time, or it is stale and the backend is being spared. */
  fresh(id: string): SecretValue | undefined {
    const cached = this.#values.get(id);
    if (cached === undefined) return this.#pinned.get(id)?.value;
    const nowMs = this.#settings.now();
    // A clock set back must not lengthen a value's life.
    if (nowMs < cached.storedAtMs) return undefined;
    if (nowMs < cached.expiresAtMs) return cached.value;
    return nowMs < cached.retryAtMs && this.#mayBeStale(cached, nowMs) ? cached.value : undefined;
  }

  /** The value past its time, if it may stand in for a failed read. */
  stale(id: string): SecretValue | undefined {
    const cached = this.#values.get(id);
    return cached !== undefined && this.#mayBeStale(cached, this.#settings.now()) ? cached.value : undefined;
  }

  /** A `NOT_FOUND` not long ago. */
  absence(id: string): SecretProviderError | undefined {
    const cached = this.#absences.get(id);
    if (cached === undefined) return undefined;
    const ageMs = this.#settings.now() - cached.storedAtMs;
    return ageMs >= 0 && ageMs < this.#settings.negativeTtlMs ? cached.error : undefined;
  }

  keep(key: CacheKey, value: SecretValue): void {
    const { ttlMs, ttlJitter, random, now } = this.#settings;
    const storedAtMs = now();
    const expiresAtMs = storedAtMs + ttlMs * (1 + ttlJitter * (2 * random() - 1));
    const cached = { value: copySecretValue(value), subject: key.subject, storedAtMs, failures: 0, retryAtMs: 0 };
    this.forget(key.id);
    const isPinned = isPinnedVersion(key.version, value.version);
    (isPinned ? this.#pinned : this.#values).set(key.id, { ...cached, expiresAtMs });
  }

  keepAbsence(key: CacheKey, error: SecretProviderError): void {
    this.forget(key.id);
    this.#absences.set(key.id, { subject: key.subject, error, storedAtMs: this.#settings.now() });
  }

  /** Spares the backend for a while after it failed to renew a value that may still be served. */
  backOff(id: string): void {
    const cached = this.#values.get(id);
    if (cached === undefined) return;
    cached.retryAtMs = this.#settings.now() + Math.min(FIRST_RETRY_MS * 2 ** cached.failures, LAST_RETRY_MS);
    cached.failures += 1;
  }

  forget(id: string): void {
    this.#values.delete(id);
    this.#pinned.delete(id);
    this.#absences.delete(id);
  }

  forgetWhere(isDoomed: (subject: string) => boolean): void {
    for (const map of [this.#values, this.#pinned, this.#absences]) map.deleteWhere(({ subject }) => isDoomed(subject));
  }

  #mayBeStale(cached: CachedValue, nowMs: number): boolean {
    return nowMs >= cached.storedAtMs && nowMs < cached.expiresAtMs + this.#settings.staleIfErrorMs;
  }
}
