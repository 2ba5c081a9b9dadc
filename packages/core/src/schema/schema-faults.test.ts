import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { listSchemaFaults } from './schema-faults.ts';

describe('listSchemaFaults', () => {
  it('finds nothing in a sound schema', () => {
    expect(
      listSchemaFaults({ type: 'object', properties: { a: { type: ['string', 'null'], pattern: '^a' } } }),
    ).toEqual([]);
    expect(listSchemaFaults(Type.Object({ at: Type.Unsafe<Date>(Type.Any()), n: Type.BigInt() }))).toEqual([]);
    expect(listSchemaFaults({ $ref: '#/$defs/a', $defs: { a: true } })).toEqual([]);
    expect(listSchemaFaults(false)).toEqual([]);
  });

  it('finds every fault, wherever it is', () => {
    const schema = {
      properties: {
        a: { type: 'strng' },
        b: { items: { pattern: '(' } },
        c: { anyOf: [{ required: 'x' }, null], enum: 'y' },
        d: { $ref: '#/$defs/none' },
        e: { unevaluatedItems: false },
        f: { allOf: {} },
      },
      $defs: [],
    };
    expect(listSchemaFaults(schema).map((fault) => fault.path)).toEqual([
      '/properties/a/type',
      '/properties/b/items/pattern',
      '/properties/c/enum',
      '/properties/c/anyOf/0/required',
      '/properties/c/anyOf/1',
      '/properties/d/$ref',
      '/properties/e/unevaluatedItems',
      '/properties/f/allOf',
      '/$defs',
    ]);
  });

  it('ends on a schema that contains itself', () => {
    const schema: Record<string, unknown> = { type: 'object' };
    schema['items'] = schema;
    expect(listSchemaFaults(schema)).toEqual([]);
  });
});
