import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { validateAgainstSchema } from '../schema/validate-against-schema.ts';
import { closedSchema } from './closed-schema.ts';

function accepts(schema: unknown, value: unknown): boolean {
  return validateAgainstSchema<unknown>(closedSchema(schema), value).valid;
}

describe('closedSchema', () => {
  it('refuses unknown fields of objects at any depth', () => {
    const schema = Type.Object({ list: Type.Array(Type.Object({ a: Type.Optional(Type.String()) })) });
    expect(accepts(schema, { list: [{ a: 'x' }] })).toBe(true);
    expect(accepts(schema, { list: [{ a: 'x', b: 1 }] })).toBe(false);
    expect(accepts(schema, { list: [], b: 1 })).toBe(false);
  });

  it('keeps what a schema says of further fields', () => {
    expect(accepts({ type: 'object', properties: {}, additionalProperties: true }, { a: 1 })).toBe(true);
    expect(accepts(Type.Record(Type.String(), Type.Number()), { a: 1 })).toBe(true);
    expect(accepts({ type: 'object' }, { a: 1 })).toBe(true);
  });

  it('closes an object made of parts as a whole', () => {
    const schema = {
      allOf: [
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', properties: { b: { type: 'string' } } },
      ],
    };
    expect(accepts(schema, { a: 'x', b: 'y' })).toBe(true);
    expect(accepts(schema, { a: 'x', b: 'y', c: 'z' })).toBe(false);
  });

  it('closes alternatives each for itself, or with the fields around them', () => {
    const a = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const b = { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] };
    expect(accepts({ anyOf: [a, b] }, { a: 'x' })).toBe(true);
    expect(accepts({ anyOf: [a, b] }, { a: 'x', c: 1 })).toBe(false);
    const around = { type: 'object', properties: { id: { type: 'string' } }, oneOf: [a, b] };
    expect(accepts(around, { id: '1', b: 'x' })).toBe(true);
    expect(accepts(around, { id: '1', b: 'x', c: 1 })).toBe(false);
  });

  it('closes an object behind a reference together with the fields beside it', () => {
    const schema = {
      $defs: { Base: { type: 'object', properties: { a: { type: 'string' } } } },
      $ref: '#/$defs/Base',
      properties: { b: { type: 'string' } },
    };
    expect(accepts(schema, { a: 'x', b: 'y' })).toBe(true);
    expect(accepts(schema, { a: 'x', c: 'y' })).toBe(false);
  });

  it('closes what a reference alone leads to, recursion included, and keeps an open object open', () => {
    const schema = {
      $defs: {
        Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' }, open: { $ref: '#/$defs/Open' } } },
        Open: { type: 'object' },
      },
      $ref: '#/$defs/Node',
    };
    expect(accepts(schema, { next: { next: {}, open: { any: 1 } } })).toBe(true);
    expect(accepts(schema, { other: 1 })).toBe(false);
    expect(accepts(schema, { next: { next: { other: 1 } } })).toBe(false);
  });

  it('is plain JSON and leaves the schema as it was', () => {
    const schema = Type.Object({ a: Type.String() });
    const before = JSON.stringify(schema);
    const result = closedSchema(schema);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(JSON.stringify(schema)).toBe(before);
    expect(closedSchema(schema)).toBe(result);
    expect(closedSchema(true)).toBe(true);
    expect(closedSchema('junk')).toBe(false);
  });
});
