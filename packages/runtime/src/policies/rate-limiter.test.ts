import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InMemoryRateLimiter, rateLimitRules } from './rate-limiter.ts';

describe('the rules of a spec', () => {
  it('are requests per minute and per hour', () => {
    expect(rateLimitRules({ rpm: 60, rph: 1_000 })).toEqual([
      { limit: 60, windowMs: 60_000 },
      { limit: 1_000, windowMs: 3_600_000 },
    ]);
    expect(rateLimitRules(undefined)).toEqual([]);
  });
});

describe('the in-memory rate limiter', () => {
  const rules = [{ limit: 3, windowMs: 1_000 }];

  it('admits a burst up to the limit, then tells how long to wait', () => {
    const limiter = new InMemoryRateLimiter();
    const waits = [0, 0, 0, 0].map(() => limiter.acquire('a', rules, 0).retryAfterMs);
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    const wait = waits[3] ?? 0;
    expect(wait).toBeGreaterThanOrEqual(1_000);
    expect(wait).toBeLessThanOrEqual(1_050);
    expect(limiter.acquire('a', rules, wait).retryAfterMs).toBe(0);
  });

  it('keeps connections apart', () => {
    const limiter = new InMemoryRateLimiter();
    for (let index = 0; index < 3; index += 1) limiter.acquire('a', rules, 0);
    expect(limiter.acquire('b', rules, 0).retryAfterMs).toBe(0);
  });

  it('takes from no rule when one of them refuses', () => {
    const limiter = new InMemoryRateLimiter();
    const both = [
      { limit: 1, windowMs: 1_000 },
      { limit: 2, windowMs: 60_000 },
    ];
    limiter.acquire('a', both, 0);
    limiter.acquire('a', both, 0);
    limiter.acquire('a', both, 0);
    expect(limiter.acquire('a', both, 1_100).retryAfterMs).toBe(0);
  });

  it('keeps its counts when other rules join', () => {
    const limiter = new InMemoryRateLimiter();
    for (let index = 0; index < 3; index += 1) limiter.acquire('a', rules, 0);
    const more = [...rules, { limit: 100, windowMs: 60_000 }];
    expect(limiter.acquire('a', more, 0).retryAfterMs).toBeGreaterThan(0);
  });

  it('keeps its counts when a request with other rules comes between', () => {
    const limiter = new InMemoryRateLimiter();
    for (let index = 0; index < 3; index += 1) limiter.acquire('a', rules, 0);
    expect(limiter.acquire('a', [{ limit: 9, windowMs: 5_000 }], 0).retryAfterMs).toBe(0);
    expect(limiter.acquire('a', rules, 0).retryAfterMs).toBeGreaterThan(0);
  });

  it('admits nothing during a pause', () => {
    const limiter = new InMemoryRateLimiter();
    limiter.pause('a', 5_000, 0);
    limiter.pause('a', 1_000, 0);
    expect(limiter.acquire('a', [], 2_000).retryAfterMs).toBe(3_000);
    expect(limiter.acquire('a', [], 5_000).retryAfterMs).toBe(0);
  });

  it('never admits more than the limit in any window, and never asks for a useless wait', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(gaps, (given) => {
        const limiter = new InMemoryRateLimiter();
        const admitted: number[] = [];
        let nowMs = 0;
        for (const gapMs of given) {
          nowMs += gapMs;
          let { retryAfterMs } = limiter.acquire('a', rules, nowMs);
          if (retryAfterMs > 0) {
            nowMs += retryAfterMs;
            ({ retryAfterMs } = limiter.acquire('a', rules, nowMs));
          }
          expect(retryAfterMs).toBe(0);
          admitted.push(nowMs);
          expect(admitted.filter((atMs) => atMs > nowMs - 1_000).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it('forgets the connection that was unused for longest when it holds too many', () => {
    const limiter = new InMemoryRateLimiter(2);
    const once = [{ limit: 1, windowMs: 1_000 }];
    limiter.acquire('a', once, 0);
    limiter.acquire('b', once, 0);
    limiter.acquire('a', once, 0);
    limiter.acquire('c', once, 0);
    expect(limiter.acquire('a', once, 0).retryAfterMs).toBeGreaterThan(0);
    expect(limiter.acquire('b', once, 0).retryAfterMs).toBe(0);
  });
});
