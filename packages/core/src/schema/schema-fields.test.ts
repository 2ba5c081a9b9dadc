import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { listSchemaFields } from './schema-fields.ts';

describe('listSchemaFields', () => {
  it('lists properties in declared order with their descriptions', () => {
    const schema = {
      type: 'object',
      properties: { b: { type: 'string', description: 'The b' }, a: { type: 'string', description: 5 } },
      required: ['a'],
    };
    expect(listSchemaFields(schema)).toEqual([
      { key: 'b', required: false, description: 'The b' },
      { key: 'a', required: true },
    ]);
    const typed = Type.Object({ a: Type.String(), b: Type.Optional(Type.Number({ description: 'Count' })) });
    expect(listSchemaFields(typed)).toEqual([
      { key: 'a', required: true },
      { key: 'b', required: false, description: 'Count' },
    ]);
  });

  it('joins parts, and requires of alternatives what each of them requires', () => {
    const schema = {
      $ref: '#/$defs/base',
      allOf: [{ properties: { a: {} }, required: ['a'] }],
      oneOf: [
        { properties: { user: {}, host: {} }, required: ['user', 'host'] },
        { properties: { token: {}, host: { description: 'Server' } }, required: ['token', 'host'] },
      ],
      $defs: { base: { properties: { id: { $ref: '#/$defs/id' } }, required: ['id'] }, id: { description: 'Account' } },
    };
    expect(listSchemaFields(schema)).toEqual([
      { key: 'id', required: true, description: 'Account' },
      { key: 'a', required: true },
      { key: 'user', required: false },
      { key: 'host', required: true, description: 'Server' },
      { key: 'token', required: false },
    ]);
  });

  it('lists a required field that has no property, and fields that a condition may ask for', () => {
    const schema = {
      properties: { a: {} },
      required: ['b'],
      if: {},
      // oxlint-disable-next-line unicorn/no-thenable -- the JSON Schema keyword
      then: { properties: { c: {} }, required: ['c'] },
    };
    expect(listSchemaFields(schema)).toEqual([
      { key: 'a', required: false },
      { key: 'c', required: false },
      { key: 'b', required: true },
    ]);
  });

  it('finds nothing in what is no object schema, and ends on a circle', () => {
    for (const schema of [null, undefined, 'object', true, [], { type: 'string' }]) {
      expect(listSchemaFields(schema)).toEqual([]);
    }
    expect(listSchemaFields({ allOf: [{ $ref: '#' }], properties: { a: {} } })).toEqual([
      { key: 'a', required: false },
    ]);
    expect(listSchemaFields({ $ref: '#/%E0%A4%A' })).toEqual([]);
  });
});
