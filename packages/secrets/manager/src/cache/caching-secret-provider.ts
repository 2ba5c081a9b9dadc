import type { SecretOperation } from '../policy/secret-operation.ts';
import { unsupportedOperation } from '../policy/unsupported-operation.ts';
import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import type {
  SecretDeleteOptions,
  SecretFetchOptions,
  SecretProvider,
  SecretReference,
  SecretRotateOptions,
  SecretRotationResult,
  SecretValue,
  SecretWriteOptions,
  SecretWritePayload,
} from '../secret-provider.ts';
import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';
import { copySecretValue } from '../value/create-secret-value.ts';
import { type BoundedFetch, readTimeout, startBoundedFetch } from './bounded-fetch.ts';
import { areRelated, type CacheKey, CacheKeys } from './cache-key.ts';
import { type CacheSecretsOptions, type CacheSettings, toCacheSettings } from './cache-secrets-options.ts';
import { SecretStore } from './secret-store.ts';
import { waitFor } from './wait-for.ts';

/** A read under way, shared by all who want the same. */
interface Flight {
  readonly key: CacheKey;
  readonly isRefresh: boolean;
  readonly fetch: BoundedFetch;
  /** Settles after the outcome is in the store. */
  readonly outcome: Promise<SecretValue>;
}

/** Answers that are final, whatever a backend says about retrying. */
const FINAL: ReadonlySet<SecretProviderErrorCode> = new Set(['NOT_FOUND', 'FORBIDDEN', 'VERSION_DISABLED']);

/**
 * Keeps what a backend or manager answered. See `CacheSecretsOptions` for what is kept and for how long.
 *
 * - Simultaneous reads of one secret share one fetch. Aborting, or a caller's `timeoutMs`, ends the wait of that
 *   caller and never the fetch, which goes on to its own deadline even if nobody waits any more: whoever comes next finds it warm.
 * - A write drops all selectors of its path, and of paths above and below it, before and after it, also when it fails,
 *   since it may have happened; reads that began before its end are not kept. Another name of the same secret, such as
 *   an ARN, is not known to be one and lives to the end of its time.
 * - A pinned version, told by the backend answering with the very version that was asked for, does not expire.
 * - Every reader gets bytes of its own. Metadata is shared and frozen; an error may be shared.
 */
export class CachingSecretProvider implements SecretProvider {
  readonly #provider: SecretProvider;
  readonly #settings: CacheSettings;
  readonly #keys = new CacheKeys();
  readonly #store: SecretStore;
  /** Flights whose outcome will be kept. */
  readonly #flights = new Map<string, Flight>();
  readonly #fetches = new Set<BoundedFetch>();
  #isClosed = false;

  /** @throws {SecretProviderError} `INVALID`: an option is out of range. */
  constructor(provider: SecretProvider, options: CacheSecretsOptions = {}) {
    this.#provider = provider;
    this.#settings = toCacheSettings(options, provider.id);
    this.#store = new SecretStore(this.#settings);
  }

  get id(): string {
    return this.#provider.id;
  }

  get writable(): boolean {
    return this.#provider.writable !== false;
  }

  get hostOwned(): boolean {
    return this.#provider.hostOwned === true;
  }

  canHandle(reference: SecretReference): boolean {
    return this.#provider.canHandle(reference);
  }

  resolveProvider(reference: SecretReference, options?: SecretFetchOptions): SecretProvider | undefined {
    const provider = this.#provider;
    return provider.resolveProvider === undefined ? provider : provider.resolveProvider(reference, options);
  }

  /** A value in time, or else the backend's answer. */
  getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    const signal = options?.signal;
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the reason is the caller's own
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const key = this.#keys.of(reference, options);
    const cached = this.#store.fresh(key.id);
    if (cached !== undefined) return Promise.resolve(copySecretValue(cached));
    const absence = this.#store.absence(key.id);
    if (absence !== undefined) return Promise.reject(absence);
    if (this.#isClosed) return Promise.reject(this.#closed(reference));

    const flight = this.#flights.get(key.id) ?? this.#start(key, false, reference, options);
    return this.#waitFor(flight, reference, options).then(copySecretValue, (error: unknown) => {
      const stale = isPassing(error) ? this.#store.stale(key.id) : undefined;
      if (stale === undefined) throw error;
      return copySecretValue(stale);
    });
  }

  /**
   * Asks the backend whatever is known, and keeps its answer; simultaneous refreshes share one fetch. For a caller whom
   * the vendor has just refused: it is worth trying again only if the version changed.
   */
  async refresh(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    options?.signal?.throwIfAborted();
    if (this.#isClosed) throw this.#closed(reference);
    const key = this.#keys.of(reference, options);
    const current = this.#flights.get(key.id);
    // A read that began before this call may still bring what the vendor has just refused.
    const flight = current?.isRefresh === true ? current : this.#start(key, true, reference, options);
    return copySecretValue(await this.#waitFor(flight, reference, options));
  }

  /** Forgets a secret in all its versions, paths above and below included. Without a reference: everything. */
  invalidate(reference?: SecretReference): void {
    const subject = reference === undefined ? undefined : this.#keys.of(reference).subject;
    const isDoomed = (other: string): boolean => subject === undefined || areRelated(other, subject);
    this.#store.forgetWhere(isDoomed);
    for (const [id, { key }] of this.#flights) if (isDoomed(key.subject)) this.#flights.delete(id);
  }

  setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#write('set', reference, (provider) => provider.setSecret(reference, payload, options));
  }

  rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return this.#write('rotate', reference, (provider) => provider.rotateSecret(reference, payload, options));
  }

  async deleteSecret(reference: SecretReference, options?: SecretDeleteOptions): Promise<void> {
    return this.#write('delete', reference, (provider) => provider.deleteSecret(reference, options));
  }

  async restoreSecret(reference: SecretReference, options?: SecretWriteOptions): Promise<void> {
    return this.#write('restore', reference, (provider) => provider.restoreSecret?.(reference, options));
  }

  stageSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#write('stage', reference, (provider) => provider.stageSecret?.(reference, payload, options));
  }

  promoteSecret(
    reference: SecretReference,
    version: string,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return this.#write('promote', reference, (provider) => provider.promoteSecret?.(reference, version, options));
  }

  retireVersion(reference: SecretReference, version: string, options?: SecretWriteOptions): Promise<void> {
    return this.#write('retire', reference, (provider) => provider.retireVersion?.(reference, version, options));
  }

  /** Forgets everything, ends the fetches under way with `UNSUPPORTED`, and closes the backend. Later reads fail so too. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.invalidate();
    for (const fetch of this.#fetches) fetch.abort(this.#closed(''));
    await this.#provider.close?.();
  }

  async #write<Result extends SecretRotationResult | void>(
    operation: SecretOperation,
    reference: SecretReference,
    run: (provider: SecretProvider) => Promise<Result> | undefined,
  ): Promise<Result> {
    if (this.#isClosed) throw this.#closed(reference);
    this.invalidate(reference);
    try {
      const result = await (run(this.#provider) ?? unsupportedOperation(this.#provider, operation, reference));
      if (result !== undefined) this.invalidate(result.reference);
      return result;
    } finally {
      this.invalidate(reference);
    }
  }

  /** Its outcome for one caller, with the caller's own signal and deadline. */
  #waitFor(
    { outcome }: Flight,
    reference: SecretReference,
    { signal, timeoutMs }: SecretFetchOptions = {},
  ): Promise<SecretValue> {
    const shared = waitFor(outcome, signal);
    if (timeoutMs === undefined) return shared;
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#settings.setTimer(() => {
        reject(readTimeout(this.#provider, reference, timeoutMs));
      }, timeoutMs);
      shared.then(resolve, reject).finally(cancelTimer);
    });
  }

  #start(
    key: CacheKey,
    isRefresh: boolean,
    reference: SecretReference,
    options: SecretFetchOptions | undefined,
  ): Flight {
    const fetch = startBoundedFetch(this.#provider, { reference, isRefresh, options }, this.#settings);
    this.#fetches.add(fetch);
    const isCurrent = (): boolean => this.#flights.get(key.id) === flight;
    const outcome = fetch.promise
      .finally(() => this.#fetches.delete(fetch))
      .then(
        (value) => {
          if (isCurrent()) this.#store.keep(key, value);
          return value;
        },
        (error: unknown) => {
          if (isCurrent()) this.#noteFailure(key, error);
          throw error;
        },
      )
      .finally(() => {
        if (isCurrent()) this.#flights.delete(key.id);
      });
    const flight: Flight = { key, isRefresh, fetch, outcome };
    this.#flights.set(key.id, flight);
    return flight;
  }

  #noteFailure(key: CacheKey, error: unknown): void {
    if (isPassing(error)) {
      this.#store.backOff(key.id);
    } else if (SecretProviderError.is(error) && error.code === 'NOT_FOUND') {
      this.#store.keepAbsence(key, error);
    } else if (SecretProviderError.is(error) && error.code !== 'UNKNOWN') {
      this.#store.forget(key.id);
    }
  }

  #closed(reference: SecretReference): SecretProviderError {
    const subject =
      reference === '' ? '' : `; ${JSON.stringify(describeSecretReference(reference))} was not read or written`;
    return new SecretProviderError({
      code: 'UNSUPPORTED',
      message: `The secret cache of "${this.id}" is closed${subject}`,
      provider: this.id,
      reference,
    });
  }
}

/** Puts a cache in front of a backend or manager. */
export function cacheSecrets(provider: SecretProvider, options: CacheSecretsOptions = {}): CachingSecretProvider {
  return new CachingSecretProvider(provider, options);
}

function isPassing(error: unknown): boolean {
  return SecretProviderError.is(error) && error.retryable && !FINAL.has(error.code);
}
