import type { OAuth2TokenState } from '@mortise/core';
import { unlessAborted } from '../bounded-call.ts';
import { AuthError, type AuthRequiredReason } from '../errors/auth-error.ts';
import { GrantAccess } from './grant-access.ts';
import { type GrantEntry, GrantEntries } from './grant-entries.ts';
import { settleGrant } from './settle-grant.ts';
import { type KeeperEnvironment, type OAuthTokenKeeperOptions, resolveKeeperOptions } from './keeper-options.ts';
import { decide, isRotating } from './grant-decision.ts';
import { authRequired, instant } from './renewal.ts';
import { expiresAtMs, renewalDueMs } from './renewal-timing.ts';
import type { StoredGrant, VersionedGrant } from './token-store.ts';

/** What a request needs of a grant. The refresh token stays with the keeper. */
export type KeptToken = Omit<OAuth2TokenState, 'refreshToken'>;

export interface AccessTokenOptions {
  /** The access token that a provider refused. Another one is returned, unless the refused one has only just been made. */
  readonly rejected?: string;
  /** Ends the wait of this caller; a renewal that others may wait for goes on. */
  readonly signal?: AbortSignal;
}

/** What is known about a grant. */
export interface GrantStatus {
  readonly state: 'active' | 'uncertain' | 'auth_required';
  /** Present with `auth_required`. */
  readonly reason?: AuthRequiredReason;
  /** ISO 8601 instants. Absent: not known. */
  readonly expiresAt?: string;
  readonly obtainedAt?: string;
  /** When it should be looked after next, by `touch` or by a call. Absent: only when a provider refuses it. */
  readonly dueAt?: string;
  /** Renewals that failed since the last that succeeded. */
  readonly failures: number;
  readonly scope?: string;
}

/** Lost races after which a grant that is put in is refused. */
const MAX_LOST_RACES = 20;

/**
 * Keeps OAuth tokens alive for many callers and processes. A token is renewed before it ends, by one process at a time, and
 * stored before anybody gets it; one that another process renewed is adopted. A grant that is over stays over: nothing is
 * sent any more until a new one is put in.
 */
export class OAuthTokenKeeper {
  readonly #env: KeeperEnvironment;
  readonly #entries: GrantEntries;

  /** @throws {AuthError} `INVALID_OPTIONS` */
  constructor(options: OAuthTokenKeeperOptions) {
    this.#env = resolveKeeperOptions(options);
    this.#entries = new GrantEntries(this.#env.maxCachedGrants, this.#env.random);
  }

  /**
   * A token that can be sent now. Most calls are answered from memory.
   *
   * @throws {AuthError} `AUTH_REQUIRED`; `TOKEN_UNAVAILABLE`, `AUTH_UNCERTAIN`, `LEASE_TIMEOUT`, `STORE_FAILED`.
   */
  async accessToken(grantId: string, options: AccessTokenOptions = {}): Promise<KeptToken> {
    const { rejected, signal } = options;
    signal?.throwIfAborted();
    const entry = this.#entries.of(grantId);
    const cached = entry.cached;
    if (cached !== undefined && this.#env.clock.now() < entry.dueMs && cached.token?.accessToken !== rejected) {
      return keptToken(cached);
    }
    // Whoever joins a flight that began without the refusal may get the refused token back, and then starts another.
    if (entry.flight !== undefined) {
      const grant = await unlessAborted(entry.flight, signal);
      if (grant.token?.accessToken !== rejected) return keptToken(grant);
    }
    return keptToken(await unlessAborted(this.#fly(grantId, entry, rejected), signal));
  }

  /** Puts in a grant that a user has just authorised, over whatever was there. */
  async put(grantId: string, token: OAuth2TokenState): Promise<void> {
    const access = new GrantAccess(this.#env, grantId);
    const grant: StoredGrant = { token, obtainedAt: instant(this.#env.clock.now()) };
    for (let race = 0; race < MAX_LOST_RACES; race += 1) {
      const before = await access.load();
      const version = await access.save(grant, before?.version);
      if (version === undefined) continue;
      await this.#remember(grantId, grant);
      return;
    }
    throw new AuthError({
      code: 'STORE_FAILED',
      message: `Grant "${grantId}" changes faster than it can be saved`,
      grantId,
    });
  }

  /**
   * Looks after a grant that no call uses: renews it where it is due, also because of idleness.
   *
   * @throws {AuthError} As `accessToken`.
   */
  async touch(grantId: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<GrantStatus> {
    await this.accessToken(grantId, signal === undefined ? {} : { signal });
    return this.status(grantId);
  }

  /** What the store holds about a grant. Sends nothing. */
  async status(grantId: string): Promise<GrantStatus> {
    const stored = await new GrantAccess(this.#env, grantId).load();
    const source = await this.#env.sourceOf(grantId);
    const grant = stored?.grant ?? {};
    const { token, obtainedAt, failure } = grant;
    const decision = decide(grant, {
      source,
      rejected: undefined,
      nowMs: this.#env.clock.now(),
      draw: 0,
      minRenewalAgeMs: this.#env.minRenewalAgeMs,
      hasLease: false,
    });
    const dueMs = renewalDueMs(grant, source.policy, 0);
    const isUncertain = grant.intent?.isUnknown === true && isRotating(source);
    return {
      state: decision.kind === 'end' ? 'auth_required' : isUncertain ? 'uncertain' : 'active',
      ...(decision.kind === 'end' ? { reason: decision.reason } : {}),
      ...(token?.expiresAt === undefined ? {} : { expiresAt: token.expiresAt }),
      ...(obtainedAt === undefined ? {} : { obtainedAt }),
      ...(dueMs === Infinity || decision.kind === 'end' ? {} : { dueAt: instant(dueMs) }),
      failures: failure?.count ?? 0,
      ...(token?.scope === undefined ? {} : { scope: token.scope }),
    };
  }

  /**
   * Ends a grant: marks it as over, so that no process renews it, asks the server to end it as well as that goes, and
   * removes its tokens.
   *
   * @returns Whether the server ended it. False where the vendor has no way to, or did not do it.
   */
  async revoke(grantId: string): Promise<boolean> {
    const access = new GrantAccess(this.#env, grantId);
    const ended = await this.#markRevoked(access);
    this.#entries.forget(grantId);
    if (ended === undefined) return false;
    const source = await this.#env.sourceOf(grantId);
    let isRevoked = false;
    try {
      if (source.revoke !== undefined && ended.grant.token !== undefined) {
        await source.revoke(ended.grant.token, {});
        isRevoked = true;
      }
    } catch {
      // It is over for us in any case.
    }
    await access.remove(ended.version);
    return isRevoked;
  }

  async #markRevoked(access: GrantAccess): Promise<VersionedGrant | undefined> {
    for (let race = 0; race < MAX_LOST_RACES; race += 1) {
      const before = await access.load();
      if (before === undefined) return undefined;
      const grant: StoredGrant = { ...before.grant, ended: 'revoked' };
      const version = await access.save(grant, before.version);
      if (version !== undefined) return { version, grant };
    }
    return undefined;
  }

  async #fly(grantId: string, entry: GrantEntry, rejected: string | undefined): Promise<StoredGrant> {
    if (entry.flight !== undefined) return entry.flight;
    const flight = settleGrant(this.#env, grantId, entry, rejected).then(async (grant) => {
      await this.#remember(grantId, grant);
      return grant;
    });
    entry.flight = flight;
    try {
      return await flight;
    } catch (error) {
      // What was remembered may be what failed, or be over: the next call looks.
      entry.dueMs = Number.NEGATIVE_INFINITY;
      throw error;
    } finally {
      entry.flight = undefined;
    }
  }

  async #remember(grantId: string, grant: StoredGrant): Promise<void> {
    const entry = this.#entries.of(grantId);
    const source = await this.#env.sourceOf(grantId);
    if (entry.cached?.token?.accessToken !== grant.token?.accessToken) entry.draw = this.#env.random();
    const isSettled = grant.intent === undefined && grant.failure === undefined && grant.ended === undefined;
    entry.cached = grant;
    // What is not settled is looked up each time, so that another process's success is seen at once.
    entry.dueMs = isSettled
      ? Math.min(renewalDueMs(grant, source.policy, entry.draw), expiresAtMs(grant))
      : Number.NEGATIVE_INFINITY;
  }
}

function keptToken({ token }: StoredGrant): KeptToken {
  if (token === undefined) throw authRequired('', 'no_grant');
  const { refreshToken: _refreshToken, ...kept } = token;
  return kept;
}
