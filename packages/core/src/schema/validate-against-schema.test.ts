import { describe, expect, it } from 'vitest';
import { Type, validateAgainstSchema } from './index.ts';

describe('validateAgainstSchema', () => {
  it('gives the value back when it fits', () => {
    const value = { a: 'x' };
    const result = validateAgainstSchema(Type.Object({ a: Type.String() }), value);
    expect(result).toEqual({ valid: true, value, problems: [] });
    expect(result.valid && result.value).toBe(value);
  });

  it('lists every problem when it does not', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } }, required: ['a'] };
    const result = validateAgainstSchema(schema, { b: 'x' });
    expect(result.valid).toBe(false);
    expect(result.problems.map((problem) => problem.path)).toEqual(['/b', '/a']);
  });
});
