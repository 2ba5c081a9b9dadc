import { seededRandom } from '@mortise/testing';
import type { VectorDocument } from '../model/document.ts';
import type { VectorMetric } from '../model/vector.ts';
import type { VectorStoreConformanceTarget, VectorStoreSubject } from './conformance-target.ts';

/** Collections of the checks, one for each metric. */
const METRICS: readonly VectorMetric[] = ['cosine', 'dot', 'euclidean'];
export const DIMENSIONS = 8;
export const COLLECTION = 'cosine-items';

/** Name of the collection with this metric. */
export function collectionOf(metric: VectorMetric): string {
  return `${metric}-items`;
}

/** Runs a check against a fresh provider and releases everything afterwards. */
export async function withSubject(
  target: VectorStoreConformanceTarget,
  run: (subject: VectorStoreSubject) => Promise<void>,
  credential = 'conformance-credential',
): Promise<void> {
  const collections = METRICS.map((metric) => ({ name: collectionOf(metric), dimensions: DIMENSIONS, metric }));
  const subject = await target.open({ collections, credential });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** A unit vector in one direction, with a little of the next. */
export function direction(index: number, tilt = 0): number[] {
  return Array.from({ length: DIMENSIONS }, (_, place) =>
    place === index ? 1 : place === (index + 1) % DIMENSIONS ? tilt : 0,
  );
}

/** Vectors that look random and are the same each time. */
export function randomVectors(count: number, seed = 7): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: DIMENSIONS }, () => random() * 2 - 1));
}

/** Documents around one direction. */
export function documents(
  count: number,
  more: (index: number) => Partial<VectorDocument> = () => ({}),
): VectorDocument[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `d-${index}`,
    vector: direction(0, index / count),
    ...more(index),
  }));
}
