import { IntegrationError } from '@mortise/core';
import type { SparseVector, VectorMetric } from '../model/vector.ts';

/**
 * The raw value that a store computes for two vectors: for `cosine` one minus their cosine (0 to 2), for `euclidean` their distance (0
 * and more), for `dot` the negated dot product. Smaller is closer in all three. The cosine with a vector of zeros counts as 0.
 *
 * @throws {IntegrationError} `invalid_request` for vectors of different length.
 */
export function vectorDistance(metric: VectorMetric, left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'vector',
      message: `vector: expected ${left.length} dimensions, got ${right.length}`,
    });
  }
  if (metric === 'euclidean') {
    return lengthOf(left.map((value, index) => value - (right[index] ?? 0)));
  }
  const product = dot(left, right);
  if (metric === 'dot') return product === 0 ? 0 : -product;
  const length = lengthOf(left) * lengthOf(right);
  return length === 0 ? 1 : 1 - clamp(product / length);
}

/**
 * The score of a raw value, the same formula for all stores: higher is closer. `cosine` gives the cosine (-1 to 1), `dot` the dot
 * product, `euclidean` one divided by one plus the distance (above 0 up to 1).
 */
export function toScore(metric: VectorMetric, distance: number): number {
  if (metric === 'cosine') return 1 - distance;
  if (metric === 'dot') return distance === 0 ? 0 : -distance;
  return 1 / (1 + distance);
}

/** Dot product of two sparse vectors. */
export function sparseScore(left: SparseVector, right: SparseVector): number {
  const weights = new Map(left.indices.map((index, position) => [index, left.values[position] ?? 0]));
  let sum = 0;
  for (const [position, index] of right.indices.entries()) {
    sum += (weights.get(index) ?? 0) * (right.values[position] ?? 0);
  }
  return sum;
}

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (const [index, value] of left.entries()) sum += value * (right[index] ?? 0);
  return sum;
}

function lengthOf(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}

/** Rounding may lead a hair beyond what a cosine can be. */
function clamp(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine));
}
