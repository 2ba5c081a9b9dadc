import {
  type RegisterSecretProviderOptions,
  type SecretDeleteOptions,
  type SecretFetchOptions,
  type SecretProvider,
  SecretProviderError,
  type SecretProviderErrorCode,
  SecretProviderManager as SafeSecretProviderManager,
  SecretProviderManagerError,
  type SecretProviderManagerOptions,
  type SecretReference,
  type SecretRotateOptions,
  type SecretRotationResult,
  type SecretValue,
  type SecretWriteOptions,
  type SecretWritePayload,
} from '@mortise/secrets';
import { withAnotherId } from './with-another-id.ts';

type WriteOperation = 'set' | 'rotate' | 'delete';

/** Codes after which surely nothing was written, so that another backend may be asked. */
const NOTHING_WRITTEN: ReadonlySet<SecretProviderErrorCode> = new Set([
  'FORBIDDEN',
  'INVALID',
  'NOT_FOUND',
  'READ_ONLY',
  'UNSUPPORTED',
]);

/**
 * Several secret backends behind one, the established way: the only failure of a search is thrown as it is, a write goes
 * on after every refusal, and two backends may have the same id.
 *
 * Unlike before, a write does not go on after a failure that leaves open whether it happened.
 */
export class SecretProviderManager extends SafeSecretProviderManager {
  readonly #allow: SecretProviderManagerOptions['allow'];

  /** @throws {SecretProviderError} `INVALID`: an id is empty, a priority is not finite, or a backend is the manager itself. */
  constructor(options: SecretProviderManagerOptions = {}) {
    super(options);
    this.#allow = options.allow?.bind(options);
  }

  /** @throws {SecretProviderError} As the constructor. */
  override register(provider: SecretProvider, options: RegisterSecretProviderOptions = {}): this {
    const taken = new Set(this.listProviders().map(({ id }) => id));
    return super.register(taken.has(provider.id) ? withAnotherId(provider, taken) : provider, options);
  }

  override async getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    try {
      return await super.getSecret(reference, options);
    } catch (error) {
      const only = error instanceof SecretProviderManagerError ? error.cause : undefined;
      throw SecretProviderError.is(only) ? only : error;
    }
  }

  override async setSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretWriteOptions,
  ): Promise<SecretRotationResult> {
    return this.#write('set', reference, options, (provider) =>
      options === undefined ? provider.setSecret(reference, payload) : provider.setSecret(reference, payload, options),
    );
  }

  override async rotateSecret(
    reference: SecretReference,
    payload: SecretWritePayload,
    options?: SecretRotateOptions,
  ): Promise<SecretRotationResult> {
    return this.#write('rotate', reference, options, (provider) =>
      options === undefined
        ? provider.rotateSecret(reference, payload)
        : provider.rotateSecret(reference, payload, options),
    );
  }

  override async deleteSecret(reference: SecretReference, options?: SecretDeleteOptions): Promise<void> {
    return this.#write('delete', reference, options, (provider) =>
      options === undefined ? provider.deleteSecret(reference) : provider.deleteSecret(reference, options),
    );
  }

  async #write<Result>(
    operation: WriteOperation,
    reference: SecretReference,
    options: { readonly signal?: AbortSignal } | undefined,
    run: (provider: SecretProvider) => Promise<Result>,
  ): Promise<Result> {
    const failures: SecretProviderError[] = [];
    for (const provider of this.listProviders()) {
      if (!canHandle(provider, reference) || !this.#isAllowed(operation, reference, provider)) continue;
      options?.signal?.throwIfAborted();
      try {
        return await run(provider);
      } catch (error) {
        if (!SecretProviderError.is(error) || !NOTHING_WRITTEN.has(error.code)) throw error;
        failures.push(error);
      }
    }
    throw this.#failure(operation, reference, failures);
  }

  #isAllowed(operation: WriteOperation, reference: SecretReference, provider: SecretProvider): boolean {
    try {
      const answer: unknown = this.#allow?.(reference, { operation, provider }) ?? true;
      return answer === true;
    } catch {
      return false;
    }
  }

  #failure(operation: string, reference: SecretReference, failures: readonly SecretProviderError[]): Error {
    const [first] = failures;
    if (first !== undefined && failures.length === 1) return first;
    const attempts = failures.map(({ provider, code }) => ({ provider, code }));
    const answers = attempts.map(({ provider, code }) => `${provider}:${code}`).join(', ');
    return new SecretProviderManagerError({
      code: failures.at(-1)?.code ?? 'UNSUPPORTED',
      message: `No secret backend could ${operation} the secret: ${answers === '' ? 'none handles its reference' : answers}`,
      provider: this.id,
      reference,
      attempts,
      ...(failures.length === 0 ? {} : { cause: failures }),
    });
  }
}

function canHandle(provider: SecretProvider, reference: SecretReference): boolean {
  try {
    return provider.canHandle(reference);
  } catch {
    return false;
  }
}
