import type { OAuth2TokenState } from '@mortise/core';
import { AuthError } from '../errors/auth-error.ts';
import {
  GRANT_MEMBER,
  isSecretMissing,
  parseSecretMembers,
  type SecretBackendValue,
  type SecretMembers,
  type WritableSecretBackend,
} from './secret-backend.ts';
import type { SaveGrantOptions, StoredGrant, TokenStore, TokenStoreOptions, VersionedGrant } from './token-store.ts';

export interface SecretTokenStoreOptions {
  readonly secrets: WritableSecretBackend;
  /** Reference of a grant's secret. Default: the grant's id is the reference. */
  readonly reference?: (grantId: string) => string;
  /** Member that holds the access token. Default `accessToken`. */
  readonly tokenField?: string;
  /** Member that holds the refresh token. Default `refreshToken`. */
  readonly refreshTokenField?: string;
}

/**
 * Keeps grants in a secret backend: tokens as members of the connection's own JSON secret, where its spec expects them,
 * what the keeper knows in `_grant`, all other members (such as a client secret) untouched. A secret that holds tokens
 * and no `_grant` is taken over as it is.
 *
 * Backends do not compare before they write. Saves of one process are put in order here; between processes the keeper's
 * lease does it, so give the keeper a lease store that they share.
 */
export function secretTokenStore(options: SecretTokenStoreOptions): TokenStore {
  return new SecretTokenStore(options);
}

interface ReadSecret {
  readonly members: SecretMembers;
  readonly version: string;
  readonly grant: StoredGrant | undefined;
}

class SecretTokenStore implements TokenStore {
  readonly #secrets: WritableSecretBackend;
  readonly #reference: (grantId: string) => string;
  readonly #tokenField: string;
  readonly #refreshTokenField: string;
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(options: SecretTokenStoreOptions) {
    this.#secrets = options.secrets;
    this.#reference = options.reference ?? ((grantId) => grantId);
    this.#tokenField = options.tokenField ?? 'accessToken';
    this.#refreshTokenField = options.refreshTokenField ?? 'refreshToken';
  }

  async load(grantId: string, options: TokenStoreOptions = {}): Promise<VersionedGrant | undefined> {
    options.signal?.throwIfAborted();
    const read = await this.#read(grantId, options);
    return read?.grant === undefined ? undefined : { version: read.version, grant: read.grant };
  }

  async save(grantId: string, grant: StoredGrant, options: SaveGrantOptions): Promise<string | undefined> {
    return this.#write(grantId, options, (members) => {
      const { token, ...known } = grant;
      const { accessToken, refreshToken, ...described } = token ?? { accessToken: '' };
      return {
        ...this.#withoutTokens(members),
        ...(token === undefined ? {} : { [this.#tokenField]: accessToken }),
        ...(refreshToken === undefined ? {} : { [this.#refreshTokenField]: refreshToken }),
        [GRANT_MEMBER]: { ...known, ...(token === undefined ? {} : { token: described }) },
      };
    });
  }

  /** Takes the tokens out of the secret; what else it holds stays. */
  async remove(grantId: string, options: SaveGrantOptions): Promise<boolean> {
    options.signal?.throwIfAborted();
    if (options.expected === undefined) return false;
    return (await this.#write(grantId, options, (members) => this.#withoutTokens(members))) !== undefined;
  }

  #withoutTokens(members: SecretMembers): SecretMembers {
    const own = new Set([this.#tokenField, this.#refreshTokenField, GRANT_MEMBER]);
    return Object.fromEntries(Object.entries(members).filter(([name]) => !own.has(name)));
  }

  async #write(
    grantId: string,
    { expected, signal }: SaveGrantOptions,
    change: (members: SecretMembers) => SecretMembers,
  ): Promise<string | undefined> {
    signal?.throwIfAborted();
    return this.#inTurn(grantId, async () => {
      const options = signal === undefined ? {} : { signal };
      const read = await this.#read(grantId, options);
      const current = read?.grant === undefined ? undefined : read.version;
      if (current !== expected) return undefined;
      const data = JSON.stringify(change(read?.members ?? {}));
      const payload = { data, contentType: 'application/json' };
      const { version } = await this.#secrets.setSecret(this.#reference(grantId), payload, options);
      return version;
    });
  }

  async #inTurn<Result>(grantId: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(grantId) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#queues.set(grantId, mine);
    try {
      return await mine;
    } finally {
      if (this.#queues.get(grantId) === mine) this.#queues.delete(grantId);
    }
  }

  async #read(grantId: string, options: TokenStoreOptions): Promise<ReadSecret | undefined> {
    const value = await this.#fetch(this.#reference(grantId), options);
    if (value === undefined) return undefined;
    const members = parseSecretMembers(value.data);
    if (members === undefined) {
      throw new AuthError({
        code: 'STORE_FAILED',
        message: `The secret of grant "${grantId}" is no JSON object, so that tokens cannot be kept in it`,
        grantId,
        retry: 'never',
      });
    }
    return { members, version: value.version ?? (await digest(value.data)), grant: this.#grantOf(members) };
  }

  /** Past every cache: another process may have written a moment ago. */
  async #fetch(reference: string, options: TokenStoreOptions): Promise<SecretBackendValue | undefined> {
    try {
      return await (this.#secrets.refresh?.(reference, options) ?? this.#secrets.getSecret(reference, options));
    } catch (error) {
      if (isSecretMissing(error)) return undefined;
      throw error;
    }
  }

  #grantOf(members: SecretMembers): StoredGrant | undefined {
    const accessToken = textOf(members, this.#tokenField);
    const refreshToken = textOf(members, this.#refreshTokenField);
    const known = objectOf(members[GRANT_MEMBER]);
    if (known === undefined && accessToken === undefined && refreshToken === undefined) return undefined;
    const hasToken = accessToken !== undefined || refreshToken !== undefined;
    const token: OAuth2TokenState = {
      // A refresh token alone is a grant whose access token is over.
      ...(accessToken === undefined ? { expiresAt: new Date(0).toISOString() } : {}),
      tokenType: 'Bearer',
      ...objectOf(known?.['token']),
      accessToken: accessToken ?? '',
    };
    return {
      ...known,
      ...(hasToken ? { token: refreshToken === undefined ? token : { ...token, refreshToken } } : {}),
    };
  }
}

function textOf(members: SecretMembers, name: string): string | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** For backends without versions: the content stands for itself. */
async function digest(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
