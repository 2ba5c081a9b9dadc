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
import { SecretProviderError } from '../secret-provider-error.ts';
import { compileReferencePatterns } from './reference-pattern.ts';
import { type SecretOperation, toVerb } from './secret-operation.ts';
import { unsupportedOperation } from './unsupported-operation.ts';

/** Decides on one operation. Anything but `true`, a throw included, refuses. */
export type SecretAccessRule = (reference: SecretReference, access: { readonly operation: SecretOperation }) => boolean;

/** Which references may be used. */
export interface SecretAccessPolicy {
  /**
   * A rule, or patterns such as `vault://tenants/acme/**`, of which one must match. In a pattern `*` stands for
   * characters within a path segment and `**` for any; keys after `?` other than `version`, `stage` and `alias` must
   * be in it. No pattern, no access.
   */
  readonly allow: SecretAccessRule | readonly string[];
}

/**
 * Puts a wall in front of a backend or manager, so that references written by a tenant reach only what the host
 * allowed. A refused call fails with `FORBIDDEN` before the backend hears of it. `canHandle` still answers by kind: in a
 * manager a refusal ends the search instead of sending it on to the next backend.
 *
 * @throws {SecretProviderError} `INVALID`: a pattern is not a reference.
 */
export function restrictSecrets(provider: SecretProvider, policy: SecretAccessPolicy): SecretProvider {
  return new RestrictedSecretProvider(provider, policy);
}

class RestrictedSecretProvider implements SecretProvider {
  readonly #provider: SecretProvider;
  readonly #allow: SecretAccessRule;

  constructor(provider: SecretProvider, { allow }: SecretAccessPolicy) {
    this.#provider = provider;
    this.#allow = typeof allow === 'function' ? allow : compileReferencePatterns(allow);
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
    if (this.#refusal('get', reference) !== undefined) return undefined;
    const provider = this.#provider;
    return provider.resolveProvider === undefined ? provider : provider.resolveProvider(reference, options);
  }

  async getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    this.#check('get', reference);
    return this.#provider.getSecret(reference, options);
  }

  /** Past a cache behind the wall too. */
  async refresh(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    this.#check('get', reference);
    const provider = this.#provider;
    return provider.refresh === undefined
      ? provider.getSecret(reference, options)
      : provider.refresh(reference, options);
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

  deleteSecret(reference: SecretReference, options?: SecretDeleteOptions): Promise<void> {
    return this.#write('delete', reference, (provider) => provider.deleteSecret(reference, options));
  }

  restoreSecret(reference: SecretReference, options?: SecretWriteOptions): Promise<void> {
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

  async close(): Promise<void> {
    await this.#provider.close?.();
  }

  async #write<Result>(
    operation: SecretOperation,
    reference: SecretReference,
    run: (provider: SecretProvider) => Promise<Result> | undefined,
  ): Promise<Result> {
    this.#check(operation, reference);
    return run(this.#provider) ?? unsupportedOperation(this.#provider, operation, reference);
  }

  #check(operation: SecretOperation, reference: SecretReference): void {
    const refusal = this.#refusal(operation, reference);
    if (refusal !== undefined) throw refusal;
  }

  #refusal(operation: SecretOperation, reference: SecretReference): SecretProviderError | undefined {
    let cause: unknown;
    try {
      // A promise, as an async function gives it by mistake, is truthy; only `true` lets through.
      const answer: unknown = this.#allow(reference, { operation });
      if (answer === true) return undefined;
    } catch (error) {
      cause = error;
    }
    const subject = JSON.stringify(describeSecretReference(reference));
    return new SecretProviderError({
      code: 'FORBIDDEN',
      message: `The host's policy does not let anyone ${toVerb(operation)} ${subject} here`,
      provider: this.id,
      reference,
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
