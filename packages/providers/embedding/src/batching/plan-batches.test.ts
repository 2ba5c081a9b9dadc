import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByIndex } from './order-by-index.ts';
import { limitsOf, planBatches } from './plan-batches.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('planBatches', () => {
  it('keeps every text once and in order, within both limits', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), (list, size, tokens) => {
        const batches = planBatches(list, { size, tokens });
        expect(batches.flat()).toEqual(list.map((_, index) => index));
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(size);
          const cost = batch.reduce((sum, index) => sum + Math.ceil(bytes(list[index] ?? '') / 2), 0);
          expect(batch.length === 1 || cost <= tokens).toBe(true);
        }
      }),
    );
  });

  it('makes no more batches than it has to', () => {
    const texts = Array.from({ length: 10 }, () => 'four');
    expect(planBatches(texts, { size: 4, tokens: Number.POSITIVE_INFINITY }).map(({ length }) => length)).toEqual([
      4, 4, 2,
    ]);
    expect(planBatches(texts, { size: 10, tokens: 6 }).map(({ length }) => length)).toEqual([3, 3, 3, 1]);
  });
});

describe('limitsOf', () => {
  it('takes the model before the fallback, and the caller only where that is less', () => {
    expect(limitsOf({ maxBatchSize: 5, maxBatchTokens: 100 }, 9, 50)).toEqual({ size: 5, tokens: 100 });
    expect(limitsOf(undefined, 9, 3).size).toBe(3);
    expect(limitsOf(undefined, undefined, undefined)).toEqual({ size: Infinity, tokens: Infinity });
  });
});

describe('orderByIndex', () => {
  it('undoes any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const answer = order.map((index) => ({ index, embedding: [index * 10] }));
        expect(orderByIndex(answer, 5)).toEqual([[0], [10], [20], [30], [40]]);
      }),
    );
  });

  it.each([
    ['missing', [0]],
    ['doubled', [0, 0]],
    ['beyond the last', [0, 2]],
    ['negative', [0, -1]],
    ['no whole number', [0, 0.5]],
  ])('refuses an answer whose number is %s', (_what, order) => {
    const answer = order.map((index) => ({ index, embedding: [1] }));
    expect(() => orderByIndex(answer, 2)).toThrow(expect.objectContaining({ code: 'provider_error' }));
  });
});
