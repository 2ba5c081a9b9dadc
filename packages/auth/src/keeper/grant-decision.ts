import type { AuthRequiredReason } from '../errors/auth-error.ts';
import { expiresAtMs, renewalDueMs } from './renewal-timing.ts';
import type { TokenSource } from './token-source.ts';
import type { StoredGrant } from './token-store.ts';

export interface DecisionContext {
  readonly source: TokenSource;
  /** A token that a provider refused. */
  readonly rejected: string | undefined;
  readonly nowMs: number;
  /** From [0, 1), the same for one token. */
  readonly draw: number;
  readonly minRenewalAgeMs: number;
  /** Whether the lease is ours, so that an intent is somebody's who lost it. */
  readonly hasLease: boolean;
}

/** What is to be done for a caller. */
export type GrantDecision =
  | { readonly kind: 'use' }
  | { readonly kind: 'renew'; readonly isRecovery: boolean }
  | { readonly kind: 'end'; readonly reason: AuthRequiredReason }
  /** Nobody tries before `retryAtMs`. */
  | { readonly kind: 'cool-down'; readonly retryAtMs: number };

/** Decides by the stored grant alone; what `use` may still use is `isUsable`'s to say. */
export function decide(grant: StoredGrant, context: DecisionContext): GrantDecision {
  const { source, nowMs, rejected } = context;
  if (grant.ended !== undefined) return { kind: 'end', reason: grant.ended };
  const { token } = grant;
  if (token === undefined) return source.kind === 'mint' ? renewOrWait(grant, context) : end('no_grant');
  const isRefused = token.accessToken === rejected;
  const isDue = nowMs >= renewalDueMs(grant, source.policy, context.draw);
  if (isRefused && isYoung(grant, context)) return { kind: 'use' };
  if (!isRefused && !isDue) return { kind: 'use' };
  if (source.kind === 'mint') return renewOrWait(grant, context);
  if (token.refreshToken === undefined) {
    return isUsable(grant, rejected, nowMs) ? { kind: 'use' } : end('no_refresh_token');
  }
  return intentDecision(grant, context) ?? renewOrWait(grant, context);
}

/** Whether the token can be sent: there is one, it has not expired, and nobody refused it. */
export function isUsable(grant: StoredGrant, rejected: string | undefined, nowMs: number): boolean {
  return grant.token !== undefined && grant.token.accessToken !== rejected && nowMs < expiresAtMs(grant);
}

/** Whether a refresh token may work only once, so that a lost answer may be a lost grant. */
export function isRotating(source: TokenSource): boolean {
  return source.kind === 'refresh' && source.policy?.rotation !== 'reusable';
}

/**
 * A renewal was begun and nobody knows how it ended. The refresh token is used again once at most, and only within the time
 * for which the vendor promises that this does no harm. Otherwise the old token serves until its end.
 */
function intentDecision(grant: StoredGrant, context: DecisionContext): GrantDecision | undefined {
  const { intent } = grant;
  const { source, nowMs, rejected } = context;
  if (intent === undefined || !isRotating(source)) return undefined;
  // Its holder may still be at work; only whoever gets the lease knows better.
  if (!context.hasLease && intent.isUnknown !== true) return { kind: 'renew', isRecovery: false };
  const ageMs = nowMs - Date.parse(intent.startedAt);
  const canRecover = intent.isRecovery !== true && ageMs <= (source.policy?.reuseIntervalMs ?? -1);
  if (canRecover) return { kind: 'renew', isRecovery: true };
  return isUsable(grant, rejected, nowMs) ? { kind: 'use' } : end('uncertain');
}

function renewOrWait({ failure }: StoredGrant, { nowMs }: DecisionContext): GrantDecision {
  const retryAtMs = failure === undefined ? 0 : Date.parse(failure.retryAt);
  return retryAtMs > nowMs ? { kind: 'cool-down', retryAtMs } : { kind: 'renew', isRecovery: false };
}

function isYoung({ obtainedAt }: StoredGrant, { nowMs, minRenewalAgeMs }: DecisionContext): boolean {
  const ageMs = nowMs - Date.parse(obtainedAt ?? '');
  return ageMs >= 0 && ageMs < minRenewalAgeMs;
}

function end(reason: AuthRequiredReason): GrantDecision {
  return { kind: 'end', reason };
}
