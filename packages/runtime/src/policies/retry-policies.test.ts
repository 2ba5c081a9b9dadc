import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelayMs, DEFAULT_BACKOFF } from './backoff.ts';
import { effectivePolicy, mergePolicies } from './call-policy.ts';
import { DEFAULT_RETRY_BUDGET, RetryBudget } from './retry-budget.ts';

describe('a back-off', () => {
  it('doubles its bound from attempt to attempt up to the cap, four times higher after throttling', () => {
    const bounds = (isThrottled: boolean) =>
      [1, 2, 3, 8].map((attempt) => backoffDelayMs(DEFAULT_BACKOFF, attempt, isThrottled, () => 1));
    expect(bounds(false)).toEqual([250, 500, 1_000, 20_000]);
    expect(bounds(true)).toEqual([1_000, 2_000, 4_000, 20_000]);
  });

  it('draws evenly from nothing to the bound, or waits the bound itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, drawn) => {
          const bound = backoffDelayMs({ ...DEFAULT_BACKOFF, jitter: 'none' }, attempt, false, () => drawn);
          expect(bound).toBeLessThanOrEqual(20_000);
          expect(backoffDelayMs(DEFAULT_BACKOFF, attempt, false, () => drawn)).toBe(drawn * bound);
        },
      ),
    );
  });
});

describe('a retry budget', () => {
  it('allows about 35 transient retries in a row, then none', () => {
    const budget = new RetryBudget(DEFAULT_RETRY_BUDGET);
    let retries = 0;
    while (budget.withdraw(false) !== undefined) retries += 1;
    expect(retries).toBe(35);
    expect(budget.withdraw(true)).toBe(5);
  });

  it('gets back what a good call’s retries took, or one token, and never holds more than its capacity', () => {
    const budget = new RetryBudget(DEFAULT_RETRY_BUDGET);
    const cost = budget.withdraw(false) ?? 0;
    budget.deposit(cost);
    expect(budget.tokens).toBe(500);
    budget.withdraw(false);
    budget.deposit(0);
    expect(budget.tokens).toBe(487);
    budget.deposit(1_000);
    expect(budget.tokens).toBe(500);
  });
});

describe('a policy', () => {
  it('takes what is narrower, down to single options, and switches parts off', () => {
    const merged = mergePolicies(
      { maxAttempts: 5, breaker: { openMs: 10, maxOpenMs: 20 }, bulkhead: { limit: 3 } },
      { breaker: { minimumCalls: 2 }, bulkhead: false },
    );
    expect(effectivePolicy(merged, undefined)).toMatchObject({
      maxAttempts: 5,
      breaker: { openMs: 10, maxOpenMs: 20, minimumCalls: 2, failureRatio: 0.5 },
      bulkhead: false,
      attemptTimeoutMs: 10_000,
      totalTimeoutMs: 30_000,
    });
  });

  it('takes the rate limit from the spec unless it has its own', () => {
    const constraints = { rateLimit: { rpm: 60 } };
    expect(effectivePolicy({}, constraints).rateLimitRules).toEqual([{ limit: 60, windowMs: 60_000 }]);
    expect(effectivePolicy({ rateLimit: { rph: 5 } }, constraints).rateLimitRules).toEqual([
      { limit: 5, windowMs: 3_600_000 },
    ]);
    expect(effectivePolicy({ rateLimit: false }, constraints).rateLimitRules).toBe(false);
  });

  it('scales the wait after throttling with the base that was given', () => {
    expect(effectivePolicy({ backoff: { baseMs: 0 } }, undefined).backoff.throttledBaseMs).toBe(0);
  });
});
