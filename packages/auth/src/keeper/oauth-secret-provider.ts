import { unlessAborted } from '../bounded-call.ts';
import { GrantUnavailableError } from './grant-unavailable-error.ts';
import type { OAuthTokenKeeper } from './oauth-token-keeper.ts';
import {
  GRANT_MEMBER,
  isSecretMissing,
  parseSecretMembers,
  type SecretBackend,
  type SecretBackendOptions,
  type SecretBackendValue,
  type SecretMembers,
} from './secret-backend.ts';

export interface OAuthSecretProviderOptions {
  readonly keeper: Pick<OAuthTokenKeeper, 'accessToken'>;
  /** The grant whose token belongs into a secret. `undefined`: the secret has none and is passed on as it is. */
  readonly grantIdOf: (reference: string) => string | undefined;
  /** Member that carries the access token. Default `accessToken`. */
  readonly tokenField?: string;
}

/** References whose last token is remembered, to know which one a provider refused. */
const MAX_REMEMBERED = 10_000;

/**
 * Puts kept access tokens into the secrets that the call guard reads: `getSecret` gives the connection's secret with a
 * token that is good now, and `refresh`, which the guard calls once when a provider answers 401, with another one. All else
 * goes to the backend. Put it outermost, in front of caches.
 *
 * A secret that is not there is one with no member but the token's. Where no token can be had, the error is such as the
 * guard expects of a backend: `UNAUTHENTICATED` where somebody has to authorise again.
 *
 * @param provider Any `SecretProvider`; what is returned has its type and its other methods.
 */
export function oauthSecretProvider<Provider extends SecretBackend>(
  provider: Provider,
  options: OAuthSecretProviderOptions,
): Provider {
  const tokens = new SecretTokens(provider, options);
  const own: Readonly<Record<'getSecret' | 'refresh', NonNullable<SecretBackend['refresh']>>> = {
    getSecret: async (reference, call) => tokens.read(reference, call, false),
    refresh: async (reference, call) => tokens.read(reference, call, true),
  };
  // Not the provider itself: a frozen one could not answer differently through a proxy.
  const target: Provider = Object.create(provider);
  return new Proxy(target, {
    get: (_target, key) => {
      if (key === 'getSecret' || key === 'refresh') return own[key];
      // Methods run on the provider, whose private fields another object does not have.
      const value: unknown = Reflect.get(provider, key);
      return typeof value === 'function' ? value.bind(provider) : value;
    },
  });
}

class SecretTokens {
  readonly #provider: SecretBackend;
  readonly #options: OAuthSecretProviderOptions;
  readonly #served = new Map<string, string>();

  constructor(provider: SecretBackend, options: OAuthSecretProviderOptions) {
    this.#provider = provider;
    this.#options = options;
  }

  async read(
    reference: string,
    call: SecretBackendOptions | undefined,
    isRefused: boolean,
  ): Promise<SecretBackendValue> {
    const grantId = this.#options.grantIdOf(reference);
    if (grantId === undefined) {
      const refreshed = isRefused ? this.#provider.refresh?.(reference, call) : undefined;
      return refreshed ?? this.#provider.getSecret(reference, call);
    }
    const members = await this.#membersOf(reference, call);
    const token = await this.#tokenOf(grantId, reference, call?.signal, isRefused);
    this.#remember(reference, token.accessToken);
    const { [GRANT_MEMBER]: _grant, ...others } = members;
    const text = JSON.stringify({
      ...others,
      [this.#options.tokenField ?? 'accessToken']: token.accessToken,
      // What every reader takes for granted need not be said, and a closed schema would refuse it.
      ...(token.tokenType === 'Bearer' ? {} : { tokenType: token.tokenType }),
    });
    return new TokenSecretValue(text);
  }

  async #membersOf(reference: string, call: SecretBackendOptions | undefined): Promise<SecretMembers> {
    try {
      const value = await this.#provider.getSecret(reference, call);
      return parseSecretMembers(value.data) ?? {};
    } catch (error) {
      if (isSecretMissing(error)) return {};
      throw error;
    }
  }

  async #tokenOf(
    grantId: string,
    reference: string,
    signal: AbortSignal | undefined,
    isRefused: boolean,
  ): ReturnType<OAuthTokenKeeper['accessToken']> {
    const rejected = isRefused ? this.#served.get(reference) : undefined;
    const options = { ...(rejected === undefined ? {} : { rejected }), ...(signal === undefined ? {} : { signal }) };
    try {
      return await unlessAborted(this.#options.keeper.accessToken(grantId, options), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw new GrantUnavailableError(this.#provider.id, reference, error);
    }
  }

  #remember(reference: string, accessToken: string): void {
    this.#served.delete(reference);
    this.#served.set(reference, accessToken);
    if (this.#served.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#served.keys();
    if (oldest !== undefined) this.#served.delete(oldest);
  }
}

/** Node's hook for `util.inspect`, named here so that no Node import is needed. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A secret value that prints without its bytes, as those of `@mortise/secrets` do. */
class TokenSecretValue implements SecretBackendValue {
  readonly #data: Uint8Array;
  readonly retrievedAt = new Date();

  constructor(text: string) {
    this.#data = new TextEncoder().encode(text);
  }

  get data(): Uint8Array {
    return this.#data;
  }

  toJSON(): object {
    return { data: '[redacted]', retrievedAt: this.retrievedAt };
  }

  [INSPECT](): object {
    return this.toJSON();
  }
}
