import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VectorMetric } from '../model/vector.ts';
import { sparseScore, toScore, vectorDistance } from './measure.ts';

const METRICS: readonly VectorMetric[] = ['cosine', 'dot', 'euclidean'];
const value = fc.double({ min: -100, max: 100, noNaN: true });
const pair = fc.integer({ min: 1, max: 16 }).chain((length) => {
  const vector = fc.array(value, { minLength: length, maxLength: length });
  return fc.tuple(vector, vector);
});

describe('distance and score', () => {
  it.each([
    ['cosine', [1, 0], [1, 0], 0, 1],
    ['cosine', [1, 0], [0, 2], 1, 0],
    ['cosine', [1, 0], [-3, 0], 2, -1],
    ['cosine', [0, 0], [1, 0], 1, 0],
    ['dot', [1, 2], [3, 4], -11, 11],
    ['dot', [1, 0], [0, 1], 0, 0],
    ['dot', [1, 0], [-2, 0], 2, -2],
    ['euclidean', [0, 0], [3, 4], 5, 1 / 6],
    ['euclidean', [1, 1], [1, 1], 0, 1],
  ] as const)('by %s of %j and %j are %s and %s', (...[metric, left, right, distance, score]) => {
    expect(vectorDistance(metric, left, right)).toBeCloseTo(distance, 12);
    expect(toScore(metric, vectorDistance(metric, left, right))).toBeCloseTo(score, 12);
  });

  it('are symmetric, and closer means a higher score, for any vectors', () => {
    fc.assert(
      fc.property(pair, pair, (first, second) => {
        for (const metric of METRICS) {
          const near = vectorDistance(metric, ...first);
          expect(vectorDistance(metric, first[1], first[0])).toBeCloseTo(near, 6);
          const other = vectorDistance(metric, ...second);
          if (near < other) expect(toScore(metric, near)).toBeGreaterThanOrEqual(toScore(metric, other));
        }
      }),
    );
  });

  it('stay within what the metric allows', () => {
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const cosine = toScore('cosine', vectorDistance('cosine', left, right));
        expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
        const euclidean = toScore('euclidean', vectorDistance('euclidean', left, right));
        expect(euclidean).toBeGreaterThan(0);
        expect(euclidean).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never give minus zero', () => {
    expect(Object.is(vectorDistance('dot', [0], [1]), 0)).toBe(true);
    expect(Object.is(toScore('dot', 0), 0)).toBe(true);
  });

  it('refuse vectors of different length', () => {
    expect(() => vectorDistance('dot', [1, 2], [1])).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: 'vector: expected 2 dimensions, got 1' }),
    );
  });
});

it('sparse vectors meet where both have a component', () => {
  const left = { indices: [1, 5, 9], values: [1, 2, 3] };
  expect(sparseScore(left, { indices: [5, 9, 10], values: [10, 100, 1000] })).toBe(320);
  expect(sparseScore(left, { indices: [], values: [] })).toBe(0);
});
