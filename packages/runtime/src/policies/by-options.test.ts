import { describe, expect, it } from 'vitest';
import { ByOptions } from './by-options.ts';

describe('instances by options', () => {
  it('are shared by equal options, whatever the order of their fields', () => {
    const made: object[] = [];
    const byOptions = new ByOptions((options: { a: number; b?: number }) => {
      made.push(options);
      return { of: options };
    });
    const first = byOptions.of({ a: 1, b: 2 });
    expect(byOptions.of({ b: 2, a: 1 })).toBe(first);
    expect(byOptions.of({ a: 1 })).not.toBe(first);
    expect(byOptions.of({ a: 1, b: 2 })).toBe(first);
    expect(made).toHaveLength(2);
    expect([...byOptions.values()]).toHaveLength(2);
  });

  it('are bounded when every call makes up its own options', () => {
    const byOptions = new ByOptions((options: { a: number }) => options);
    for (let a = 0; a < 1_000; a += 1) byOptions.of({ a });
    expect([...byOptions.values()].length).toBeLessThanOrEqual(32);
    expect(byOptions.of({ a: 999 })).toEqual({ a: 999 });
  });
});
