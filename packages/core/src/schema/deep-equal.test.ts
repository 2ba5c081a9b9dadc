import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepEqual } from './deep-equal.ts';

describe('deepEqual', () => {
  it('holds between JSON and its copy, whatever the order of the fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
        const copy: unknown = isRecord ? Object.fromEntries(Object.entries(value).reverse()) : structuredClone(value);
        expect(deepEqual(value, copy)).toBe(true);
      }),
    );
  });

  it('agrees with the text of JSON', () => {
    const small = fc.jsonValue({ maxDepth: 1 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        const isEqualText = JSON.stringify(a) === JSON.stringify(b);
        fc.pre(isEqualText || Array.isArray(a) || typeof a !== 'object' || a === null);
        expect(deepEqual(a, b)).toBe(isEqualText);
      }),
    );
  });

  it('tells kinds, lengths and names apart', () => {
    for (const [a, b] of [
      [{}, []],
      [null, {}],
      [[1], [1, 2]],
      [{ a: undefined }, {}],
      [{ a: 1 }, { b: 1 }],
      [1, '1'],
    ]) {
      expect(deepEqual(a, b)).toBe(false);
    }
  });
});
