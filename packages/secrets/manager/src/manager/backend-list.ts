import type { SecretProvider } from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';

export interface RegisterSecretProviderOptions {
  /** Any finite number; higher is asked first. Default 0. */
  readonly priority?: number;
}

/** A backend and its place. */
export interface SecretProviderRegistration extends RegisterSecretProviderOptions {
  readonly provider: SecretProvider;
}

type Entry = Required<SecretProviderRegistration>;

/** The backends of a manager in the order in which they are asked. */
export class BackendList {
  readonly #owner: SecretProvider;
  #entries: readonly Entry[] = [];
  #providers: readonly SecretProvider[] = [];

  constructor(owner: SecretProvider) {
    this.#owner = owner;
  }

  list(): readonly SecretProvider[] {
    return this.#providers;
  }

  add(provider: SecretProvider, priority: number): void {
    const { id } = provider;
    if (typeof id !== 'string' || id === '') throw this.#refusal('a backend needs an id that is not empty');
    if (provider === this.#owner) throw this.#refusal('it cannot be a backend of itself');
    if (this.#providers.some((other) => other.id === id)) {
      throw this.#refusal(`a backend with the id "${id}" is registered already`);
    }
    if (!Number.isFinite(priority)) {
      throw this.#refusal(`the priority of "${id}" must be a finite number, not ${String(priority)}`);
    }
    // Sorting is stable, so equal priorities keep the order of registration.
    this.#replace([...this.#entries, { provider, priority }].sort((left, right) => right.priority - left.priority));
  }

  remove(id: string): boolean {
    const rest = this.#entries.filter(({ provider }) => provider.id !== id);
    const isFound = rest.length < this.#entries.length;
    if (isFound) this.#replace(rest);
    return isFound;
  }

  /** Replaces rather than changes, so that a search under way keeps its list. */
  #replace(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#providers = Object.freeze(entries.map(({ provider }) => provider));
  }

  #refusal(fault: string): SecretProviderError {
    const { id } = this.#owner;
    return new SecretProviderError({
      code: 'INVALID',
      message: `"${id}" cannot register: ${fault}`,
      provider: id,
      reference: '',
    });
  }
}
