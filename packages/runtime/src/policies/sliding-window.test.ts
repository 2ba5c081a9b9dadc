import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

/** Amounts with the time since the one before. */
const steps = fc.array(
  fc.record({ afterMs: fc.integer({ min: 0, max: 400 }), amount: fc.integer({ min: 1, max: 5 }) }),
  {
    maxLength: 60,
  },
);

describe('a sliding window', () => {
  it('never counts less than what the window holds, and nothing that is older than a slice more', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 1_000_000 }), (given, originMs) => {
        const window = new SlidingWindow(1_000, 10);
        const added: { atMs: number; amount: number }[] = [];
        let nowMs = originMs;
        const sumSince = (sinceMs: number): number =>
          added.filter(({ atMs }) => atMs > sinceMs).reduce((sum, { amount }) => sum + amount, 0);
        for (const { afterMs, amount } of given) {
          nowMs += afterMs;
          window.add(amount, nowMs);
          added.push({ atMs: nowMs, amount });
          expect(window.total(nowMs)).toBeGreaterThanOrEqual(sumSince(nowMs - 1_000));
          expect(window.total(nowMs)).toBeLessThanOrEqual(sumSince(nowMs - 1_100 - 1e-6));
        }
      }),
    );
  });

  it('tells exactly when it will have fallen to a target', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 20 }), (given, target) => {
        const window = new SlidingWindow(1_000, 10);
        let nowMs = 0;
        for (const { afterMs, amount } of given) {
          nowMs += afterMs;
          window.add(amount, nowMs);
        }
        const waitMs = window.waitUntil(target, nowMs);
        if (waitMs > 0) {
          const before = new SlidingWindow(1_000, 10);
          let atMs = 0;
          for (const { afterMs, amount } of given) {
            atMs += afterMs;
            before.add(amount, atMs);
          }
          expect(before.total(nowMs + waitMs - 0.001)).toBeGreaterThan(target);
        }
        expect(window.total(nowMs + waitMs)).toBeLessThanOrEqual(target);
      }),
    );
  });

  it('forgets everything after a long silence', () => {
    const window = new SlidingWindow(1_000, 10);
    window.add(5, 0);
    expect(window.total(1_000_000)).toBe(0);
  });
});
