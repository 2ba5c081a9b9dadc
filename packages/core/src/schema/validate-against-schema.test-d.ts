import { describe, expectTypeOf, it } from 'vitest';
import { type InferSchema, type Static, Type, validateAgainstSchema } from './index.ts';

describe('validateAgainstSchema', () => {
  it('knows the type of a value that fits', () => {
    const result = validateAgainstSchema(
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      {},
    );
    if (result.valid) expectTypeOf(result.value).toEqualTypeOf<{ a: string }>();
    else expectTypeOf(result).not.toHaveProperty('value');
    const typed = Type.Object({ n: Type.Number() });
    const other = validateAgainstSchema(typed, {});
    if (other.valid) expectTypeOf(other.value).toEqualTypeOf<Static<typeof typed>>();
  });
});

describe('InferSchema', () => {
  it('reads TypeBox schemas, literals and booleans, and knows nothing of the rest', () => {
    expectTypeOf<InferSchema<ReturnType<typeof Type.String>>>().toEqualTypeOf<string>();
    expectTypeOf<InferSchema<{ readonly enum: readonly ['a', 'b'] }>>().toEqualTypeOf<'a' | 'b'>();
    expectTypeOf<InferSchema<false>>().toEqualTypeOf<never>();
    expectTypeOf<InferSchema<unknown>>().toEqualTypeOf<unknown>();
  });
});
