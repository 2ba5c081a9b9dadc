import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendPointer, parsePointer, valueAt } from './json-pointer.ts';

describe('a JSON pointer', () => {
  it('gives back the steps that it was made of, whatever they contain', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (steps) => {
        expect(parsePointer(steps.reduce(appendPointer, ''))).toEqual(steps);
      }),
    );
  });

  it('leads through fields and items, and never to what is inherited', () => {
    const data = { a: [{ 'b/c': 1 }], '': 2 };
    expect(valueAt(data, '/a/0/b~1c')).toBe(1);
    expect(valueAt(data, '/')).toBe(2);
    expect(valueAt(data, '')).toBe(data);
    expect(valueAt(data, '/a/1')).toBeUndefined();
    expect(valueAt(data, '/__proto__')).toBeUndefined();
    expect(valueAt(data, '/a/0/b~1c/d')).toBeUndefined();
  });
});
