import type { OAuth2TokenState } from '@mortise/core';
import type { AuthRequiredReason } from '../errors/auth-error.ts';

/**
 * One grant as it is stored: its tokens and what is known about their renewal. Plain JSON data that holds live secrets, to
 * be kept as such.
 */
export interface StoredGrant {
  /** Absent: nothing was obtained yet. */
  readonly token?: OAuth2TokenState;
  /** ISO 8601 instant at which the token was obtained. */
  readonly obtainedAt?: string;
  /** Somebody has to authorise again; nothing is sent any more until a new grant is put in. */
  readonly ended?: AuthRequiredReason;
  /** A renewal that is under way, or whose end is not known. */
  readonly intent?: RenewalIntent;
  /** Renewals that failed since the last that succeeded. */
  readonly failure?: RenewalFailure;
  /** Fence of the lease under which this was written; absent where none was needed. */
  readonly fence?: number;
}

export interface RenewalIntent {
  /** ISO 8601 instant. */
  readonly startedAt: string;
  readonly holder: string;
  /** True: its holder lived to see that no answer came. */
  readonly isUnknown?: boolean;
  /** True: the one attempt to use the refresh token again has begun. */
  readonly isRecovery?: boolean;
}

export interface RenewalFailure {
  readonly count: number;
  /** ISO 8601 instant. */
  readonly firstAt: string;
  /** ISO 8601 instant before which nobody tries again. */
  readonly retryAt: string;
  /** Code of the `OAuthError`, or of whatever else failed. */
  readonly code: string;
}

export interface VersionedGrant {
  /** Changes with every save. */
  readonly version: string;
  readonly grant: StoredGrant;
}

export interface TokenStoreOptions {
  /** Aborting rejects with the signal's reason; a save that was under way may have happened. */
  readonly signal?: AbortSignal;
}

export interface SaveGrantOptions extends TokenStoreOptions {
  /** Version that must be the stored one. `undefined`: there must be none. */
  readonly expected: string | undefined;
}

/**
 * Keeps one record for each grant. Of two saves that start from the same version exactly one succeeds, and what was saved
 * is still there after a crash. Failures are errors of the store's own; the keeper turns them into `STORE_FAILED`.
 */
export interface TokenStore {
  /** The grant as last saved; `undefined` where there is none. Never from a cache. */
  load(grantId: string, options?: TokenStoreOptions): Promise<VersionedGrant | undefined>;
  /** @returns The new version. `undefined`: `expected` is not the stored version, and nothing was changed. */
  save(grantId: string, grant: StoredGrant, options: SaveGrantOptions): Promise<string | undefined>;
  /** Removes a grant that has the expected version. @returns False: it has not, and nothing was changed. */
  remove(grantId: string, options: SaveGrantOptions): Promise<boolean>;
}
