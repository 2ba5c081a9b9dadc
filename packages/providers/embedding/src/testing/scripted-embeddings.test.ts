import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptedVector } from './scripted-embeddings.ts';

describe('scriptedVector', () => {
  it('is the same for the same text, of length 1, and as long as asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 64 }), (text, dimensions) => {
        const vector = scriptedVector(text, dimensions);
        expect(vector).toEqual(scriptedVector(text, dimensions));
        expect(vector).toHaveLength(dimensions);
        expect(Math.abs(Math.hypot(...vector) - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is another for another text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        fc.pre(a !== b);
        expect(scriptedVector(a)).not.toEqual(scriptedVector(b));
      }),
    );
  });
});
