import { type SecretOperation, toVerb } from '../policy/secret-operation.ts';
import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import type { SecretProvider, SecretReference } from '../secret-provider.ts';
import type { SecretProviderError, SecretProviderErrorCode } from '../secret-provider-error.ts';
import { canHandle } from './can-handle.ts';
import type { AllowSecretAccess } from './secret-manager-access.ts';
import { type SecretProviderAttempt, SecretProviderManagerError } from './secret-provider-manager-error.ts';
import { toSecretProviderError } from './to-secret-provider-error.ts';

/** The options of reads and writes that matter to a search. */
export interface SecretSearchOptions {
  readonly version?: string | undefined;
  readonly excludeHostOwned?: boolean | undefined;
  readonly providers?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface SearchRequest {
  readonly operation: SecretOperation;
  readonly reference: SecretReference;
  readonly options: SecretSearchOptions | undefined;
  readonly allow: AllowSecretAccess | undefined;
}

/** One operation on its way along the backends: who is asked next, what they answered, and what that means. */
export class SecretSearch {
  readonly #managerId: string;
  readonly #backends: readonly SecretProvider[];
  readonly #request: SearchRequest;
  readonly #attempts: SecretProviderAttempt[] = [];
  readonly #errors: SecretProviderError[] = [];
  #position = 0;
  #isSomeForbidden = false;

  constructor(managerId: string, backends: readonly SecretProvider[], request: SearchRequest) {
    this.#managerId = managerId;
    this.#backends = backends;
    this.#request = request;
  }

  /** The next backend to ask, or `undefined` when there is none. Throws the signal's reason once it is aborted. */
  next(): SecretProvider | undefined {
    const { operation, reference, options } = this.#request;
    options?.signal?.throwIfAborted();
    while (this.#position < this.#backends.length) {
      const provider = this.#backends[this.#position];
      this.#position += 1;
      if (provider === undefined || !canHandle(provider, reference)) continue;
      if (!this.#isAllowed(provider)) {
        this.#isSomeForbidden = true;
        this.#attempts.push({ provider: provider.id, code: 'FORBIDDEN' });
      } else if (operation !== 'get' && provider.writable === false) {
        this.#attempts.push({ provider: provider.id, code: 'READ_ONLY' });
      } else {
        return provider;
      }
    }
    return undefined;
  }

  /** Takes down what a backend failed with. Throws where that ends the search. */
  note(provider: SecretProvider, error: unknown): void {
    const { operation, reference, options } = this.#request;
    options?.signal?.throwIfAborted();
    const failure = toSecretProviderError(error, { provider: provider.id, reference, operation: toVerb(operation) });
    this.#attempts.push({ provider: provider.id, code: failure.code });
    this.#errors.push(failure);
    if (!this.#mayGoOn(failure.code)) throw this.#compose(failure.code, failure);
  }

  /** The error for a search that found no backend to do it. */
  failure(): SecretProviderManagerError {
    if (this.#attempts.length === 0) return this.#compose('UNSUPPORTED');
    if (this.#request.operation === 'get') return this.#compose(this.#errors.length > 0 ? 'NOT_FOUND' : 'FORBIDDEN');
    if (this.#isSomeForbidden) return this.#compose('FORBIDDEN');
    return this.#compose(this.#attempts.some(({ code }) => code === 'READ_ONLY') ? 'READ_ONLY' : 'UNSUPPORTED');
  }

  #mayGoOn(code: SecretProviderErrorCode): boolean {
    return this.#request.operation === 'get' ? code === 'NOT_FOUND' : code === 'READ_ONLY' || code === 'UNSUPPORTED';
  }

  #isAllowed(provider: SecretProvider): boolean {
    const { operation, reference, options, allow } = this.#request;
    if (options?.excludeHostOwned === true && provider.hostOwned === true) return false;
    if (options?.providers?.includes(provider.id) === false) return false;
    if (allow === undefined) return true;
    try {
      // A promise, as an async function gives it by mistake, is truthy; only `true` lets through.
      const answer: unknown = allow(reference, { operation, provider });
      return answer === true;
    } catch {
      return false;
    }
  }

  #compose(code: SecretProviderErrorCode, stoppedBy?: SecretProviderError): SecretProviderManagerError {
    const { operation, reference, options } = this.#request;
    const version = options?.version === undefined ? '' : ` in version ${JSON.stringify(options.version.slice(0, 64))}`;
    const subject = JSON.stringify(describeSecretReference(reference));
    return new SecretProviderManagerError({
      code,
      message: `"${this.#managerId}" could not ${toVerb(operation)} ${subject}${version}: ${this.#explain(stoppedBy)}`,
      provider: this.#managerId,
      reference,
      attempts: this.#attempts,
      ...(stoppedBy === undefined ? {} : { retry: stoppedBy.retry }),
      ...(stoppedBy?.retryAfterMs === undefined ? {} : { retryAfterMs: stoppedBy.retryAfterMs }),
      ...(this.#errors.length === 0 ? {} : { cause: this.#errors.length === 1 ? this.#errors[0] : this.#errors }),
    });
  }

  #explain(stoppedBy: SecretProviderError | undefined): string {
    if (this.#attempts.length > 0) {
      const answers = this.#attempts.map(({ provider, code }) => `${provider} ${code}`).join(', ');
      return stoppedBy === undefined ? answers : `${answers} (${stoppedBy.message})`;
    }
    if (this.#backends.length === 0) return 'no backend is registered';
    return `none of its backends handles it (${this.#backends.map(({ id }) => id).join(', ')})`;
  }
}
