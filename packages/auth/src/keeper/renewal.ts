import type { OAuth2TokenState } from '@mortise/core';
import { boundedCall } from '../bounded-call.ts';
import { AuthError, type AuthRequiredReason } from '../errors/auth-error.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { GrantAccess } from './grant-access.ts';
import { isRotating, isUsable } from './grant-decision.ts';
import type { KeeperEnvironment } from './keeper-options.ts';
import type { Lease } from './lease-store.ts';
import type { TokenSource } from './token-source.ts';
import type { RenewalIntent, StoredGrant, VersionedGrant } from './token-store.ts';

/** What a renewal works on. */
export interface RenewalContext {
  readonly env: KeeperEnvironment;
  readonly grantId: string;
  readonly access: GrantAccess;
  readonly source: TokenSource;
  readonly lease: Lease;
  readonly rejected: string | undefined;
}

/** How a renewal ended. */
export type RenewalOutcome =
  /** The grant as it is stored now. */
  | { readonly kind: 'settled'; readonly stored: VersionedGrant }
  /** The stored grant, or the lease, is not what it was: look again. */
  | { readonly kind: 'again' }
  /** A token was obtained and could not be stored. */
  | { readonly kind: 'unsaved'; readonly grant: StoredGrant; readonly cause: unknown }
  /** There is no usable token. */
  | { readonly kind: 'failed'; readonly error: AuthError };

/** Lost races, and failures of the store, after which a token that was obtained is kept in memory. */
const MAX_SAVE_ATTEMPTS = 5;
const SAVE_RETRY_MS = 100;

/**
 * Renews a grant under the lease: states the intent where an answer could be lost with the grant, asks once, and stores
 * the answer before anybody gets it.
 */
export async function renewGrant(
  context: RenewalContext,
  before: VersionedGrant | undefined,
  isRecovery: boolean,
): Promise<RenewalOutcome> {
  const { env, access, source, lease } = context;
  let stored = before;
  if (isRotating(source)) {
    const intent = intentOf(context, before?.grant.intent, isRecovery);
    const grant = { ...before?.grant, intent, fence: lease.fence };
    const version = await access.save(grant, before?.version);
    if (version === undefined) return { kind: 'again' };
    stored = { version, grant };
  }
  if ((await access.ensure(lease)) === undefined) return retreat(context, before, stored);
  let token: OAuth2TokenState;
  try {
    token = await boundedCall(async (signal) => source.renew(before?.grant.token, { signal }), {
      clock: env.clock,
      timeoutMs: env.renewalTimeoutMs,
      signal: undefined,
      onTimeout: () => unanswered(env.renewalTimeoutMs),
    });
  } catch (error) {
    return afterFailure(context, stored, error);
  }
  const grant: StoredGrant = {
    token,
    obtainedAt: instant(env.clock.now()),
    fence: lease.fence,
  };
  return storeRenewed(context, grant, stored);
}

/** The lease went before anything was sent, so that the intent is taken back. */
async function retreat(
  { access }: RenewalContext,
  before: VersionedGrant | undefined,
  stored: VersionedGrant | undefined,
): Promise<RenewalOutcome> {
  if (stored !== before && before !== undefined) await access.save(before.grant, stored?.version);
  return { kind: 'again' };
}

function intentOf(
  { env, lease }: RenewalContext,
  known: RenewalIntent | undefined,
  isRecovery: boolean,
): RenewalIntent {
  // A recovery counts from the request whose answer was lost.
  const startedAt = isRecovery && known !== undefined ? known.startedAt : instant(env.clock.now());
  return { startedAt, holder: lease.holder, ...(isRecovery ? { isRecovery } : {}) };
}

/**
 * Stores a token that was obtained. Whoever saved meanwhile without the lease loses, since our token is the newer one;
 * except where they put in another grant.
 */
export async function storeRenewed(
  { env, access, grantId, source }: RenewalContext,
  grant: StoredGrant,
  before: VersionedGrant | undefined,
): Promise<RenewalOutcome> {
  const replaced = before?.grant.token?.accessToken;
  let expected = before?.version;
  let cause: unknown;
  for (let attempt = 1; attempt <= MAX_SAVE_ATTEMPTS; attempt += 1) {
    try {
      const version = await access.save(grant, expected);
      if (version !== undefined) return { kind: 'settled', stored: { version, grant } };
      const found = await access.load();
      const isOther = found?.grant.token !== undefined && found.grant.token.accessToken !== replaced;
      if (found !== undefined && isOther) {
        // A save that seemed to fail may have happened.
        return found.grant.token?.accessToken === grant.token?.accessToken
          ? { kind: 'settled', stored: found }
          : { kind: 'again' };
      }
      const isRevoked = found === undefined ? before !== undefined : found.grant.ended === 'revoked';
      if (isRevoked) {
        await revokeLate(source, grant);
        return { kind: 'again' };
      }
      expected = found?.version;
    } catch (error) {
      cause = error;
      if (attempt < MAX_SAVE_ATTEMPTS) await env.clock.sleep(SAVE_RETRY_MS * 2 ** (attempt - 1));
    }
  }
  env.emit({ type: 'store_failed', grantId, at: instant(env.clock.now()) });
  return { kind: 'unsaved', grant, cause };
}

/** The grant was revoked while it was being renewed, and what came of that must not outlive it. */
async function revokeLate(source: TokenSource, { token }: StoredGrant): Promise<void> {
  try {
    if (token !== undefined) await source.revoke?.(token, {});
  } catch {
    // Nobody has the token, and it is stored nowhere.
  }
}

async function afterFailure(
  context: RenewalContext,
  stored: VersionedGrant | undefined,
  error: unknown,
): Promise<RenewalOutcome> {
  if (OAuthError.is(error) && error.code === 'INVALID_GRANT' && context.source.kind === 'refresh') {
    return afterInvalidGrant(context, stored);
  }
  const isUnknown = OAuthError.is(error) ? error.outcomeUnknown : !AuthError.is(error);
  if (isUnknown && isRotating(context.source)) return becomeUncertain(context, stored);
  return recordFailure(context, stored, error);
}

/** Somebody may have rotated the token before us: their grant is then adopted. Otherwise it is over. */
async function afterInvalidGrant(context: RenewalContext, stored: VersionedGrant | undefined): Promise<RenewalOutcome> {
  const found = await context.access.load();
  const isSame = found?.grant.token?.refreshToken === stored?.grant.token?.refreshToken;
  if (!isSame || found === undefined) return { kind: 'again' };
  return endGrant(context, found, 'invalid_grant');
}

/** Stores that a grant is over, so that no process asks again. */
export async function endGrant(
  { env, access, grantId, lease }: RenewalContext,
  { grant, version }: VersionedGrant,
  reason: AuthRequiredReason,
): Promise<RenewalOutcome> {
  const { intent: _intent, failure: _failure, ...rest } = grant;
  const saved = await access.save({ ...rest, ended: reason, fence: lease.fence }, version);
  if (saved === undefined) return { kind: 'again' };
  env.emit({ type: 'auth_required', grantId, at: instant(env.clock.now()), reason });
  return { kind: 'failed', error: authRequired(grantId, reason) };
}

/** Keeps the intent, so that nobody sends the refresh token again without knowing. */
async function becomeUncertain(
  { env, access, grantId }: RenewalContext,
  stored: VersionedGrant | undefined,
): Promise<RenewalOutcome> {
  env.emit({ type: 'uncertain', grantId, at: instant(env.clock.now()) });
  const intent = stored?.grant.intent;
  if (stored !== undefined && intent !== undefined && intent.isUnknown !== true) {
    await access.save({ ...stored.grant, intent: { ...intent, isUnknown: true } }, stored.version);
  }
  return { kind: 'again' };
}

/** Keeps the old token and waits, unless that has been going on for too long. */
async function recordFailure(
  context: RenewalContext,
  stored: VersionedGrant | undefined,
  error: unknown,
): Promise<RenewalOutcome> {
  const { env, access, grantId, lease, rejected } = context;
  const nowMs = env.clock.now();
  const known = stored?.grant.failure;
  const firstAt = known?.firstAt ?? instant(nowMs);
  if (stored !== undefined && context.source.kind === 'refresh' && nowMs - Date.parse(firstAt) > env.giveUpAfterMs) {
    return endGrant(context, stored, 'gave_up');
  }
  const asked = OAuthError.is(error) ? (error.retryAfterMs ?? 0) : 0;
  const retryAt = instant(nowMs + Math.min(Math.max(env.coolDownMs, asked), env.giveUpAfterMs));
  const code = OAuthError.is(error) || AuthError.is(error) ? error.code : 'UNKNOWN';
  const wasRecovery = stored?.grant.intent?.isRecovery === true;
  // A recovery that was not answered by the server may be tried again, which the intent without its mark says.
  const { intent, ...rest } = stored?.grant ?? {};
  const grant: StoredGrant = {
    ...rest,
    ...(wasRecovery && intent !== undefined
      ? { intent: { startedAt: intent.startedAt, holder: intent.holder, isUnknown: true } }
      : {}),
    failure: { count: (known?.count ?? 0) + 1, firstAt, retryAt, code },
    fence: lease.fence,
  };
  env.emit({ type: 'renewal_failed', grantId, at: instant(nowMs), code, retryAt });
  const version = await access.save(grant, stored?.version);
  if (version === undefined) return { kind: 'again' };
  if (isUsable(grant, rejected, env.clock.now())) return { kind: 'settled', stored: { version, grant } };
  return { kind: 'failed', error: unavailable(grantId, error, wasRecovery) };
}

export function authRequired(grantId: string, reason: AuthRequiredReason): AuthError {
  const message = `Grant "${grantId}" has to be authorised again: ${REASONS[reason]}`;
  return new AuthError({ code: 'AUTH_REQUIRED', message, grantId, reason });
}

const REASONS: Readonly<Record<AuthRequiredReason, string>> = {
  no_grant: 'there is none under this id',
  no_refresh_token: 'its token is not good any more, and there is no refresh token',
  invalid_grant: 'the server does not accept its refresh token any more',
  uncertain: 'the answer to its last refresh was lost, and the new refresh token with it',
  gave_up: 'refreshing it has failed for too long',
  revoked: 'it was revoked',
};

function unavailable(grantId: string, cause: unknown, isUncertain: boolean): AuthError {
  const isKnown = OAuthError.is(cause) || AuthError.is(cause);
  const retryAfterMs = OAuthError.is(cause) ? cause.retryAfterMs : undefined;
  return new AuthError({
    code: isUncertain ? 'AUTH_UNCERTAIN' : 'TOKEN_UNAVAILABLE',
    message: `Grant "${grantId}" could not be renewed${isKnown ? `: ${cause.message}` : ''}`,
    grantId,
    // What the server, or our own fields, say wrong will be wrong the next time, too.
    retry: isKnown ? cause.retry : 'transient',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}

function unanswered(timeoutMs: number): OAuthError {
  const message = `The renewal was not answered within ${timeoutMs} ms`;
  return new OAuthError({ code: 'TIMEOUT', message, outcomeUnknown: true });
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
