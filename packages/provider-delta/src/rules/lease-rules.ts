import type { ProviderDeltaLease } from '../sync-state.ts';
import { instantMs } from './instant.ts';

/**
 * Whether a lease no longer holds. At `expiresAt` itself it does not hold any more.
 *
 * @param nowMs By the clock that `expiresAt` was made with. Two hosts' clocks cannot be compared: let the store judge.
 */
export function isLeaseExpired(lease: ProviderDeltaLease, nowMs: number): boolean {
  return nowMs >= instantMs(lease.expiresAt, 'lease.expiresAt');
}

/** Whether the holder should renew now: the window before the end has begun, and the end has not come. */
export function isLeaseRenewalDue(lease: ProviderDeltaLease, nowMs: number): boolean {
  return (
    !isLeaseExpired(lease, nowMs) && nowMs >= instantMs(lease.expiresAt, 'lease.expiresAt') - lease.renewalWindowMs
  );
}

/** When a worker renews and when it gives up, by its own monotonic clock. */
export interface LeaseTiming {
  /** Milliseconds that a lease lasts from each renewal. */
  readonly ttlMs: number;
  /** Milliseconds between renewals. */
  readonly renewEveryMs: number;
  /** Milliseconds without a renewal that succeeded after which the worker stops by itself. */
  readonly stopAfterMs: number;
}

/**
 * The usual timing: renewed at a third of its life; a worker that could not renew for two thirds stops, so that it has
 * stopped before anybody else can begin, even with a clock that runs some percent slower than the store's.
 */
export function leaseTiming(ttlMs = 30_000): LeaseTiming {
  return { ttlMs, renewEveryMs: Math.ceil(ttlMs / 3), stopAfterMs: Math.floor((ttlMs * 2) / 3) };
}

/** Whether a write with this fencing token is one of a worker that was overtaken. */
export function isFenced(token: number, highestSeen: number): boolean {
  return token < highestSeen;
}
