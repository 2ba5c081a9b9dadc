import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

const take = (random: () => number, count: number): number[] => Array.from({ length: count }, () => random());

describe('seededRandom', () => {
  it('gives the published numbers of mulberry32', () => {
    expect(take(seededRandom(0), 3)).toEqual([0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]);
  });

  it('repeats itself for one seed and differs for another', () => {
    expect(take(seededRandom(42), 50)).toEqual(take(seededRandom(42), 50));
    expect(take(seededRandom(42), 50)).not.toEqual(take(seededRandom(43), 50));
  });

  it('stays in [0, 1) and is spread evenly', () => {
    const buckets = new Map<number, number>();
    const numbers = take(seededRandom(7), 100_000);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    for (const number of numbers) {
      const bucket = Math.floor(number * 10);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
    expect(buckets.size).toBe(10);
    for (const count of buckets.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
