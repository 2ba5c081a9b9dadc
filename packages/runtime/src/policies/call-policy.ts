import { MortiseError, type IntegrationConstraints } from '@mortise/core';
import { type BackoffOptions, DEFAULT_BACKOFF } from './backoff.ts';
import { type BulkheadOptions, DEFAULT_BULKHEAD } from './bulkhead.ts';
import { type CircuitBreakerOptions, DEFAULT_CIRCUIT_BREAKER } from './circuit-breaker.ts';
import { type RateLimitRule, rateLimitRules } from './rate-limiter.ts';
import { DEFAULT_RETRY_BUDGET, type RetryBudgetOptions } from './retry-budget.ts';

/**
 * How a call is protected. Everything has a default; `false` switches a part off. Given to a guard for all calls, for
 * one integration, or for one call; the narrower one wins, part by part.
 */
export interface CallPolicy {
  /** Executor starts at most, the first included. Default 3. */
  readonly maxAttempts?: number;
  readonly backoff?: BackoffOptions;
  /** Default 10 000. */
  readonly attemptTimeoutMs?: number | false;
  /** For the whole call: secret, waits and attempts. Default 30 000. */
  readonly totalTimeoutMs?: number | false;
  /** Longest wait that a provider may ask for; past it the call fails with `RATE_LIMITED`. Default 60 000. */
  readonly maxRetryAfterMs?: number;
  readonly breaker?: CircuitBreakerOptions | false;
  readonly bulkhead?: BulkheadOptions | false;
  /** Default: the spec's `constraints.rateLimit`. */
  readonly rateLimit?: NonNullable<IntegrationConstraints['rateLimit']> | false;
  readonly retryBudget?: RetryBudgetOptions | false;
}

/** A policy with every default filled in. */
export interface EffectivePolicy {
  readonly maxAttempts: number;
  readonly backoff: Required<BackoffOptions>;
  readonly attemptTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetryAfterMs: number;
  readonly breaker: Required<CircuitBreakerOptions> | false;
  readonly bulkhead: Required<BulkheadOptions> | false;
  /** Empty: no rule of its own, but pauses that the provider asked for hold. */
  readonly rateLimitRules: readonly RateLimitRule[] | false;
  readonly retryBudget: Required<RetryBudgetOptions> | false;
}

/** The guard was given an option that makes no sense. */
export class GuardOptionsError extends MortiseError<'INVALID_OPTIONS'> {}

/** One policy over another: what the narrower one sets wins, down to single options. */
export function mergePolicies(wider: CallPolicy, narrower: CallPolicy): CallPolicy {
  const merged: Record<string, unknown> = { ...wider };
  for (const [part, value] of Object.entries(narrower)) {
    const known = merged[part];
    merged[part] = typeof known === 'object' && typeof value === 'object' ? { ...known, ...value } : (value ?? known);
  }
  return merged;
}

/** Fills in every default and checks the result. */
export function effectivePolicy(merged: CallPolicy, constraints: IntegrationConstraints | undefined): EffectivePolicy {
  const rateLimit = merged.rateLimit ?? constraints?.rateLimit;
  const baseMs = merged.backoff?.baseMs ?? DEFAULT_BACKOFF.baseMs;
  const policy: EffectivePolicy = {
    maxAttempts: merged.maxAttempts ?? 3,
    backoff: { ...DEFAULT_BACKOFF, throttledBaseMs: 4 * baseMs, ...merged.backoff },
    attemptTimeoutMs: limitMs(merged.attemptTimeoutMs, 10_000),
    totalTimeoutMs: limitMs(merged.totalTimeoutMs, 30_000),
    maxRetryAfterMs: merged.maxRetryAfterMs ?? 60_000,
    breaker: merged.breaker === false ? false : { ...DEFAULT_CIRCUIT_BREAKER, ...merged.breaker },
    bulkhead: merged.bulkhead === false ? false : { ...DEFAULT_BULKHEAD, ...merged.bulkhead },
    rateLimitRules: rateLimit === false ? false : rateLimitRules(rateLimit),
    retryBudget: merged.retryBudget === false ? false : { ...DEFAULT_RETRY_BUDGET, ...merged.retryBudget },
  };
  check(policy);
  return policy;
}

function limitMs(value: number | false | undefined, fallbackMs: number): number {
  return value === false ? Number.POSITIVE_INFINITY : (value ?? fallbackMs);
}

function check(policy: EffectivePolicy): void {
  requireNumber('maxAttempts', policy.maxAttempts, 1, true);
  requireNumber('attemptTimeoutMs', policy.attemptTimeoutMs, 1);
  requireNumber('totalTimeoutMs', policy.totalTimeoutMs, 1);
  requireNumber('maxRetryAfterMs', policy.maxRetryAfterMs, 0);
  requireNumber('backoff.baseMs', policy.backoff.baseMs, 0);
  requireNumber('backoff.throttledBaseMs', policy.backoff.throttledBaseMs, 0);
  requireNumber('backoff.capMs', policy.backoff.capMs, 0);
  requireNumber('backoff.factor', policy.backoff.factor, 1);
  if (policy.breaker !== false) {
    requireNumber('breaker.windowMs', policy.breaker.windowMs, 1);
    requireNumber('breaker.failureRatio', policy.breaker.failureRatio, Number.MIN_VALUE);
    requireNumber('breaker.minimumCalls', policy.breaker.minimumCalls, 1, true);
    requireNumber('breaker.openMs', policy.breaker.openMs, 1);
    requireNumber('breaker.maxOpenMs', policy.breaker.maxOpenMs, policy.breaker.openMs);
    requireNumber('breaker.probesToClose', policy.breaker.probesToClose, 1, true);
  }
  if (policy.bulkhead !== false) {
    requireNumber('bulkhead.limit', policy.bulkhead.limit, 1, true);
    requireNumber('bulkhead.queue', policy.bulkhead.queue, 0, true);
  }
  if (policy.retryBudget !== false) {
    requireNumber('retryBudget.capacity', policy.retryBudget.capacity, 0);
    requireNumber('retryBudget.transientCost', policy.retryBudget.transientCost, 0);
    requireNumber('retryBudget.throttledCost', policy.retryBudget.throttledCost, 0);
  }
  for (const rule of policy.rateLimitRules || []) requireNumber('rateLimit', rule.limit, 1);
}

function requireNumber(name: string, value: number, minimum: number, isWhole = false): void {
  if (typeof value === 'number' && value >= minimum && (!isWhole || Number.isInteger(value) || value === Infinity))
    return;
  const kind = isWhole ? 'a whole number' : 'a number';
  throw new GuardOptionsError({
    code: 'INVALID_OPTIONS',
    message: `Call policy: ${name} must be ${kind} of at least ${minimum}, got ${String(value)}`,
  });
}
