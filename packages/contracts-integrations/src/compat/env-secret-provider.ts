import { type SecretReference, type SecretRotationResult, SecretProviderError } from '@mortise/secrets';
import { EnvSecretProvider as SafeEnvSecretProvider, type EnvSecretProviderOptions } from '@mortise/secrets-env';

/**
 * Secrets from environment variables, found the established way: by alias, by `env://NAME`, by a bare name, by
 * `?env=NAME` on any reference, or by a name derived from the path. An empty variable counts as set.
 *
 * With derived names a variable of the host can stand in for any tenant's secret. Give `allow`, or `derivedNames: 'none'`,
 * wherever tenants write references.
 *
 * @throws {SecretProviderError} `NOT_FOUND`: not set; `INVALID`: the reference names no variable; `FORBIDDEN`: a write, or a
 *   variable that is not on the allow-list.
 */
export class EnvSecretProvider extends SafeEnvSecretProvider {
  /** @throws {SecretProviderError} `INVALID`: an alias or an entry of the allow-list is no variable name. */
  constructor(options: EnvSecretProviderOptions = {}) {
    super({ derivedNames: 'seed', emptyIsMissing: false, ...options });
  }

  override async setSecret(reference: SecretReference): Promise<SecretRotationResult> {
    throw this.#forbidden('set', reference);
  }

  override async rotateSecret(reference: SecretReference): Promise<SecretRotationResult> {
    throw this.#forbidden('rotate', reference);
  }

  override async deleteSecret(reference: SecretReference): Promise<void> {
    throw this.#forbidden('delete', reference);
  }

  #forbidden(operation: string, reference: SecretReference): SecretProviderError {
    return new SecretProviderError({
      code: 'FORBIDDEN',
      message: `The environment takes no writes: cannot ${operation} a secret in it`,
      provider: this.id,
      reference,
    });
  }
}
