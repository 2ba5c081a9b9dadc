import { type AuthClock, systemAuthClock } from '../auth-clock.ts';
import { AuthError } from '../errors/auth-error.ts';
import type { KeeperEvent } from './keeper-event.ts';
import type { LeaseStore } from './lease-store.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import type { TokenSource } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export interface OAuthTokenKeeperOptions {
  /** Where tokens come from. A function where grants of several clients or connections share the keeper. */
  readonly source: TokenSource | ((grantId: string) => TokenSource | Promise<TokenSource>);
  readonly store: TokenStore;
  /** Shared by all processes that share the store. Default: leases in memory, for one process alone. */
  readonly leases?: LeaseStore;
  /** Told as it goes. Never awaited; what it throws is dropped. */
  readonly onEvent?: (event: KeeperEvent) => void;
  /** Milliseconds that a renewal may take. Default 10,000. */
  readonly renewalTimeoutMs?: number;
  /** Milliseconds that one operation of a store may take. Default 5,000. */
  readonly storeTimeoutMs?: number;
  /** Milliseconds after which a process that died is replaced. At least one renewal and two operations. Default 30,000. */
  readonly leaseMs?: number;
  /** Milliseconds that a call waits for another process. At least `leaseMs`, to outlive one that died. Default 45,000. */
  readonly waitMs?: number;
  /** Longest first wait between looks at another process's renewal; doubled up to eight times. Default 100. */
  readonly pollMs?: number;
  /** Milliseconds without another attempt after a renewal that failed. Default 30,000. */
  readonly coolDownMs?: number;
  /** Milliseconds of failures after which the grant is given up. Default four days. */
  readonly giveUpAfterMs?: number;
  /** A token that is younger is not renewed because it was refused: a fresh one would be, too. Default 10,000. */
  readonly minRenewalAgeMs?: number;
  /** Grants that are remembered in memory. Default 10,000. */
  readonly maxCachedGrants?: number;
  readonly clock?: AuthClock;
  /** Draws from [0, 1). Default `Math.random`. */
  readonly random?: () => number;
}

/** The options with every default filled in. */
export interface KeeperEnvironment extends Required<Omit<OAuthTokenKeeperOptions, 'source' | 'onEvent'>> {
  readonly sourceOf: (grantId: string) => Promise<TokenSource>;
  readonly emit: (event: KeeperEvent) => void;
}

/** @throws {AuthError} `INVALID_OPTIONS` */
export function resolveKeeperOptions(options: OAuthTokenKeeperOptions): KeeperEnvironment {
  const clock = options.clock ?? systemAuthClock;
  const numbers = {
    renewalTimeoutMs: options.renewalTimeoutMs ?? 10_000,
    storeTimeoutMs: options.storeTimeoutMs ?? 5_000,
    leaseMs: options.leaseMs ?? 30_000,
    waitMs: options.waitMs ?? 45_000,
    pollMs: options.pollMs ?? 100,
    coolDownMs: options.coolDownMs ?? 30_000,
    giveUpAfterMs: options.giveUpAfterMs ?? 4 * 86_400_000,
    minRenewalAgeMs: options.minRenewalAgeMs ?? 10_000,
    maxCachedGrants: options.maxCachedGrants ?? 10_000,
  };
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value > 0 && value < Infinity)) throw invalid(`"${name}" must be a positive number, and is ${value}`);
  }
  const { renewalTimeoutMs, storeTimeoutMs, leaseMs, waitMs } = numbers;
  const leastLeaseMs = renewalTimeoutMs + 2 * storeTimeoutMs;
  if (leaseMs < leastLeaseMs) {
    throw invalid(`"leaseMs" must be at least ${leastLeaseMs}, a renewal and two operations, and is ${leaseMs}`);
  }
  if (waitMs < leaseMs) throw invalid(`"waitMs" must be at least "leaseMs" (${leaseMs}), and is ${waitMs}`);
  const { source, onEvent } = options;
  return {
    ...numbers,
    store: options.store,
    leases: options.leases ?? new MemoryLeaseStore(clock),
    clock,
    random: options.random ?? Math.random,
    sourceOf: async (grantId) => (typeof source === 'function' ? source(grantId) : source),
    emit: (event) => {
      try {
        onEvent?.(event);
      } catch {
        // A broken sink must not break a renewal.
      }
    },
  };
}

function invalid(fault: string): AuthError {
  return new AuthError({ code: 'INVALID_OPTIONS', message: `Token keeper: ${fault}` });
}
