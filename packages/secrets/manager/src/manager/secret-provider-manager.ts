import type { SecretOperation } from '../policy/secret-operation.ts';
import { unsupportedOperation } from '../policy/unsupported-operation.ts';
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
import { SecretProviderError } from '../secret-provider-error.ts';
import { BackendList, type RegisterSecretProviderOptions, type SecretProviderRegistration } from './backend-list.ts';
import { canHandle } from './can-handle.ts';
import type { SecretManagerAccess } from './secret-manager-access.ts';
import { SecretSearch, type SecretSearchOptions } from './secret-search.ts';

export interface SecretProviderManagerOptions {
  /** Default `secret-provider-manager`. */
  readonly id?: string;
  readonly providers?: readonly SecretProviderRegistration[];
  /**
   * Whether this reference may reach this backend. Default: every one that can handle it. Anything but `true`, a throw
   * included, passes the backend over; where no backend is left the call fails with `FORBIDDEN`.
   */
  allow?(reference: SecretReference, access: SecretManagerAccess): boolean;
}

/**
 * Several backends behind one `SecretProvider`, asked by descending priority and, at equal priority, in the order of
 * registration.
 *
 * A read goes on to the next backend after `NOT_FOUND` alone. After any other answer it stops: the secret may be there,
 * and another backend's secret of the same name is not what was asked for. A write goes to the first backend that takes
 * writes, and goes on only after `READ_ONLY` or `UNSUPPORTED`, when surely nothing was written. The optional methods of a
 * backend are writes too, and `UNSUPPORTED` where it lacks them. A failure that is no
 * `SecretProviderError` stops as `UNKNOWN`. Aborting rejects with the signal's reason and asks nobody else.
 *
 * @throws {SecretProviderManagerError} From every method but `canHandle`, with what each backend answered.
 */
export class SecretProviderManager implements SecretProvider {
  readonly id: string;
  readonly #backends: BackendList;
  readonly #allow: SecretProviderManagerOptions['allow'];

  /** @throws {SecretProviderError} `INVALID`, as `register` does. */
  constructor(options: SecretProviderManagerOptions = {}) {
    this.id = options.id ?? 'secret-provider-manager';
    this.#backends = new BackendList(this);
    this.#allow = options.allow?.bind(options);
    for (const { provider, priority = 0 } of options.providers ?? []) this.register(provider, { priority });
  }

  /** Whether some backend takes writes. */
  get writable(): boolean {
    return this.#backends.list().some(({ writable }) => writable !== false);
  }

  /**
   * Adds a backend.
   *
   * @throws {SecretProviderError} `INVALID`: an id that is empty or taken, a priority that is not a finite number, or
   *   the manager itself.
   */
  register(provider: SecretProvider, options: RegisterSecretProviderOptions = {}): this {
    this.#backends.add(provider, options.priority ?? 0);
    return this;
  }

  /** Removes the backend with this id without closing it. False: there was none. */
  unregister(id: string): boolean {
    return this.#backends.remove(id);
  }

  /** The backends in the order in which they are asked. */
  listProviders(): readonly SecretProvider[] {
    return this.#backends.list();
  }

  /** Whether some backend can. One that throws when asked cannot. */
  canHandle(reference: SecretReference): boolean {
    return this.#backends.list().some((provider) => canHandle(provider, reference));
  }

  resolveProvider(reference: SecretReference, options?: SecretFetchOptions): SecretProvider | undefined {
    const search = this.#search('get', reference, { ...options, signal: undefined });
    for (let provider = search.next(); provider !== undefined; provider = search.next()) {
      if (provider.resolveProvider === undefined) return provider;
      const resolved = provider.resolveProvider(reference, options);
      if (resolved !== undefined) return resolved;
    }
    return undefined;
  }

  async getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    return this.#ask('get', reference, options, (provider) => provider.getSecret(reference, options));
  }

  /** As `getSecret`, past the caches of its backends. */
  async refresh(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    return this.#ask(
      'get',
      reference,
      options,
      (provider) => provider.refresh?.(reference, options) ?? provider.getSecret(reference, options),
    );
  }

  async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#ask('set', reference, options, (provider) =>
      options === undefined ? provider.setSecret(reference, payload) : provider.setSecret(reference, payload, options),
    );
  }

  async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return this.#ask('rotate', reference, options, (provider) =>
      options === undefined
        ? provider.rotateSecret(reference, payload)
        : provider.rotateSecret(reference, payload, options),
    );
  }

  async deleteSecret(reference: SecretReference, options?: SecretDeleteOptions): Promise<void> {
    return this.#ask('delete', reference, options, (provider) =>
      options === undefined ? provider.deleteSecret(reference) : provider.deleteSecret(reference, options),
    );
  }

  async restoreSecret(reference: SecretReference, options?: SecretWriteOptions): Promise<void> {
    return this.#ask('restore', reference, options, (provider) => provider.restoreSecret?.(reference, options));
  }

  async stageSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#ask('stage', reference, options, (provider) => provider.stageSecret?.(reference, payload, options));
  }

  async promoteSecret(
    reference: SecretReference,
    version: string,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return this.#ask('promote', reference, options, (provider) =>
      provider.promoteSecret?.(reference, version, options),
    );
  }

  async retireVersion(reference: SecretReference, version: string, options?: SecretWriteOptions): Promise<void> {
    return this.#ask('retire', reference, options, (provider) => provider.retireVersion?.(reference, version, options));
  }

  /**
   * Closes every backend, also after one that fails to.
   *
   * @throws {SecretProviderError} `UNKNOWN`, naming the backends that failed.
   */
  async close(): Promise<void> {
    const backends = this.#backends.list();
    const outcomes = await Promise.allSettled(backends.map(async (provider) => provider.close?.()));
    const failed = backends.filter((_, index) => outcomes[index]?.status === 'rejected');
    if (failed.length === 0) return;
    throw new SecretProviderError({
      message: `"${this.id}" could not close: ${failed.map(({ id }) => id).join(', ')}`,
      provider: this.id,
      reference: '',
      cause: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : [])),
    });
  }

  async #ask<Result>(
    operation: SecretOperation,
    reference: SecretReference,
    options: SecretSearchOptions | undefined,
    run: (provider: SecretProvider) => Promise<Result> | undefined,
  ): Promise<Result> {
    const search = this.#search(operation, reference, options);
    for (let provider = search.next(); provider !== undefined; provider = search.next()) {
      try {
        return await (run(provider) ?? unsupportedOperation(provider, operation, reference));
      } catch (error) {
        search.note(provider, error);
      }
    }
    throw search.failure();
  }

  #search(
    operation: SecretOperation,
    reference: SecretReference,
    options: SecretSearchOptions | undefined,
  ): SecretSearch {
    return new SecretSearch(this.id, this.#backends.list(), { operation, reference, options, allow: this.#allow });
  }
}
