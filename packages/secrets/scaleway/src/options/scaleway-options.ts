import type { Secret } from '@mortise/core';
import type { Client } from '@scaleway/sdk-client';

/** Text that may come wrapped, so that it is not printed on its way here. */
export type SecretText = string | Secret;

/** How long versions of an ephemeral secret live. At least one of the first two is needed. */
export interface ScalewayEphemeralPolicy {
  /** Milliseconds from the writing of a version to its end, from 1,000 to a year. */
  readonly timeToLiveMs?: number;
  /** True: a version ends with its first read, which makes rereading, caching across processes and retries unsafe. */
  readonly expiresOnceAccessed?: boolean;
  /** What becomes of a version at its end. */
  readonly action: 'delete' | 'disable';
}

/** What `setSecret` creates a secret with. A secret that exists keeps what it has. */
export interface ScalewayNewSecretOptions {
  /** Default `opaque`. Any other type makes the service check each payload for its form. */
  readonly type?: 'opaque' | 'certificate' | 'key_value' | 'basic_credentials' | 'database_credentials' | 'ssh_key';
  readonly description?: string;
  /** Default false. True: the secret cannot be deleted until it is unprotected, though its versions can. */
  readonly isProtected?: boolean;
  /** Cannot be taken off a secret later. */
  readonly ephemeralPolicy?: ScalewayEphemeralPolicy;
  /** Key of Scaleway Key Manager to encrypt with. Absent: one of Secret Manager's own. */
  readonly keyId?: string;
}

/** All optional where the environment has what is needed. */
export interface ScalewaySecretManagerOptions {
  /** Names the backend. Default `scaleway-secret-manager`. */
  readonly id?: string;
  /**
   * Secret key of an API key, or a function that gives it, asked before each request. Absent: `SCW_SECRET_KEY`, then
   * `SCALEWAY_SECRET_KEY`. The access key (`SCW…`) is not needed: requests carry `X-Auth-Token` alone.
   */
  readonly token?: SecretText | (() => SecretText | Promise<SecretText>);
  /** Region of references that name none, such as `fr-par`. Absent: `SCW_DEFAULT_REGION`, then `SCW_REGION`. */
  readonly defaultRegion?: string;
  /** Project of names without `project`. Absent: `SCW_DEFAULT_PROJECT_ID`, then `SCW_PROJECT_ID`. */
  readonly defaultProjectId?: string;
  /** Default `https://api.scaleway.com`. */
  readonly baseUrl?: string;
  /** Called with a URL and its parts. Default: the global fetch at the time of the request. */
  readonly fetch?: typeof fetch;
  /**
   * A client of `@scaleway/sdk-client` to use the settings of: its URL, HTTP client, interceptors. Then `token`, `baseUrl`
   * and `fetch` must be absent, and no token is read from the environment.
   */
  readonly client?: Client;
  /** Where the variables named above are looked up, once. Default `process.env`; `{}` keeps the environment out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one operation with all its requests, unless the call says otherwise. Default 10,000. */
  readonly timeoutMs?: number;
  readonly newSecrets?: ScalewayNewSecretOptions;
  /**
   * What `retireVersion` does. Default `disable`, which can be undone in the console. `delete` schedules the version for
   * deletion in 7 days, which also makes room in the quota of versions (20 for each secret by default).
   */
  readonly retireBy?: 'disable' | 'delete';
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Calls back once after so many milliseconds; the result cancels it. Default: `setTimeout`. */
  readonly setTimer?: (callback: () => void, delayMs: number) => () => void;
}
