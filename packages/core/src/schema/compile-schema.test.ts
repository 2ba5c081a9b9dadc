import * as fc from 'fast-check';
import { Type } from 'typebox';
import { Check } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { schemaCheckerOf } from './schema-checker.ts';

const NAMES = ['a', 'b', 'c', 'x-y', ''];
const name = fc.constantFrom(...NAMES);
const smallNumber = fc.integer({ min: 0, max: 4 });
const json = fc.jsonValue({ maxDepth: 3, depthSize: 'small' });
const scalar = fc.constantFrom<unknown>('a', 'bb', '', 0, 1, 1.5, -2, true, false, null);

/** Objects with the names that the schemas use, because others are hardly ever looked at. */
const { value: anyJson } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}));

const scalarSchema = fc.constantFrom<unknown>(true, false, { type: 'string' }, { type: 'integer' }, { type: 'object' });

const { schema: anySchemas } = fc.letrec<{ schema: unknown }>((tie) => {
  const part = tie('schema');
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  const named = fc.dictionary(name, part, { maxKeys: 3 });
  const operands = {
    type: fc.oneof(
      fc.constantFrom('object', 'array', 'string', 'number', 'integer', 'boolean', 'null'),
      fc.uniqueArray(fc.constantFrom('object', 'array', 'string', 'integer', 'null'), { minLength: 1 }),
    ),
    const: scalar,
    enum: fc.array(scalar, { minLength: 1, maxLength: 3 }),
    minLength: smallNumber,
    maxLength: smallNumber,
    pattern: fc.constantFrom('^a', 'b$', '.'),
    minimum: fc.integer({ min: -2, max: 2 }),
    maximum: fc.integer({ min: -2, max: 2 }),
    exclusiveMinimum: fc.integer({ min: -2, max: 2 }),
    exclusiveMaximum: fc.integer({ min: -2, max: 2 }),
    multipleOf: fc.constantFrom(1, 2, 0.5),
    minItems: smallNumber,
    maxItems: smallNumber,
    uniqueItems: fc.boolean(),
    items: part,
    prefixItems: parts,
    contains: part,
    minContains: smallNumber,
    maxContains: smallNumber,
    required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'x-y'), { maxLength: 2 }),
    properties: named,
    patternProperties: fc.dictionary(fc.constantFrom('^x-', '^a', 'c'), part, { maxKeys: 2 }),
    additionalProperties: part,
    propertyNames: part,
    minProperties: smallNumber,
    maxProperties: smallNumber,
    dependentRequired: fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.uniqueArray(fc.constantFrom('b', 'c'), { maxLength: 2 }),
      { maxKeys: 2 },
    ),
    dependentSchemas: fc.dictionary(fc.constantFrom('a', 'b'), part, { maxKeys: 2 }),
    anyOf: parts,
    allOf: parts,
    oneOf: parts,
    not: part,
    if: part,
    // oxlint-disable-next-line unicorn/no-thenable -- the JSON Schema keyword
    then: part,
    else: part,
  };
  const keyword = fc.oneof(
    ...Object.entries(operands).map(([word, operand]) => operand.map((each): object => ({ [word]: each }))),
  );
  // A few keywords at a time: with many of them hardly any value fits.
  const few = fc.array(keyword, { minLength: 1, maxLength: 3 }).map((list): object => Object.assign({}, ...list));
  return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, scalarSchema, few) };
});

/** minContains and maxContains without contains, and then and else without if, mean nothing; the other checker differs. */
function isComparable(part: unknown): boolean {
  if (Array.isArray(part)) return part.every(isComparable);
  if (typeof part !== 'object' || part === null) return true;
  if (('minContains' in part || 'maxContains' in part) && !('contains' in part)) return false;
  return Object.values(part).every(isComparable);
}

describe('schemaCheckerOf', () => {
  it('agrees with an independent checker on every schema and value', () => {
    let fitting = 0;
    fc.assert(
      fc.property(anySchemas, anyJson, (anySchema, anyValue) => {
        fc.pre(isComparable(anySchema));
        const expected = typeof anySchema === 'boolean' ? anySchema : Check({}, Object(anySchema), anyValue);
        const checker = schemaCheckerOf(anySchema);
        if (expected) fitting++;
        expect(checker.check(anyValue)).toBe(expected);
        expect(checker.listProblems(anyValue).length === 0).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(fitting).toBeGreaterThan(300);
  });

  it('points into the value, and at a place that exists or that should', () => {
    fc.assert(
      fc.property(anySchemas, json, (anySchema, anyValue) => {
        for (const { path } of schemaCheckerOf(anySchema).listProblems(anyValue)) {
          expect(path === '' || path.startsWith('/')).toBe(true);
        }
      }),
    );
  });

  it('follows references by pointer, anchor and id, and to itself', () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } }, id: { $ref: '#id' } },
          required: ['id'],
        },
        identifier: { $anchor: 'id', type: 'string' },
      },
    };
    const checker = schemaCheckerOf(tree);
    expect(checker.check({ id: 'a', children: [{ id: 'b' }] })).toBe(true);
    expect(checker.listProblems({ id: 'a', children: [{ id: 'b', children: [{}] }, { id: 1 }] })).toEqual([
      { path: '/children/0/children/0/id', keyword: 'required', message: 'required field "id" is missing' },
      { path: '/children/1/id', keyword: 'type', message: 'expected string, got number' },
    ]);
    const cyclic = Type.Cyclic({ Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }) }, 'Node');
    expect(schemaCheckerOf(cyclic).check({ next: { next: {} } })).toBe(true);
    expect(schemaCheckerOf(cyclic).check({ next: { next: 1 } })).toBe(false);
  });

  it.each([
    ['a reference that leads nowhere', { $ref: '#/$defs/none' }],
    ['a reference to another document', { $ref: 'https://example.com/schema.json' }],
    ['a reference in a circle', { $ref: '#' }],
    ['a pattern that is none', { pattern: '(' }],
    ['a type that is none', { type: 'objekt' }],
    ['a keyword that is not supported', { $dynamicRef: '#node' }],
    ['null', null],
    ['text', 'object'],
    ['a list', []],
  ])('fits nothing and says so with %s', (_case, broken) => {
    expect(schemaCheckerOf(broken).check('x')).toBe(false);
    expect(schemaCheckerOf(broken).listProblems('x')).toMatchObject([{ path: '', keyword: 'schema' }]);
  });

  it('ends on a value that contains itself', () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    const schema = { properties: { self: { $ref: '#' } } };
    expect(schemaCheckerOf(schema).check(value)).toBe(false);
    expect(schemaCheckerOf(schema).listProblems(value)).toHaveLength(1);
  });

  it('knows which fields nothing has looked at', () => {
    const schema = {
      allOf: [{ properties: { a: { type: 'string' } } }, { $ref: '#/$defs/more' }],
      anyOf: [{ properties: { c: { const: 1 } }, required: ['c'] }, true],
      if: { properties: { a: { const: 'x' } }, required: ['a'] },
      // oxlint-disable-next-line unicorn/no-thenable -- the JSON Schema keyword
      then: { properties: { d: true } },
      unevaluatedProperties: false,
      $defs: { more: { patternProperties: { '^b': true } } },
    };
    const list = (value: unknown) =>
      schemaCheckerOf(schema)
        .listProblems(value)
        .map((problem) => problem.path);
    expect(list({ a: 'x', b1: 1, c: 1, d: 1 })).toEqual([]);
    expect(list({ a: 'y', c: 2, d: 1, e: 1 })).toEqual(['/c', '/d', '/e']);
  });

  it('looks at own fields only', () => {
    expect(schemaCheckerOf({ required: ['toString'] }).check({})).toBe(false);
    expect(schemaCheckerOf({ properties: { constructor: false, toString: false } }).check({})).toBe(true);
    expect(schemaCheckerOf(JSON.parse('{"properties":{"__proto__":false}}')).check(JSON.parse('{"__proto__":1}'))).toBe(
      false,
    );
  });

  it('takes a field that is present as undefined for absent', () => {
    const schema = { properties: { a: { type: 'string' } }, required: ['b'], additionalProperties: false };
    const checker = schemaCheckerOf(schema);
    expect(checker.check({ a: undefined, b: undefined })).toBe(false);
    expect(schemaCheckerOf({ ...schema, required: [] }).check({ a: undefined, c: undefined })).toBe(true);
  });

  it('runs the functions of a TypeBox schema without using their words', () => {
    const even = Type.Refine(
      Type.Integer(),
      (value) => value % 2 === 0,
      (value) => `${value} is odd`,
    );
    expect(schemaCheckerOf(even).check(2)).toBe(true);
    expect(schemaCheckerOf(even).listProblems(40_961)).toEqual([
      { path: '', keyword: '~refine', message: 'does not fulfil a rule of the schema' },
    ]);
    const throwing = Type.Refine(Type.String(), (value) => {
      throw new Error(value);
    });
    expect(JSON.stringify(schemaCheckerOf(throwing).listProblems('canary-1'))).not.toContain('canary');
  });

  it('counts characters, not code units', () => {
    const schema = { minLength: 2, maxLength: 2 };
    expect(schemaCheckerOf(schema).check('😀😀')).toBe(true);
    expect(schemaCheckerOf(schema).check('😀')).toBe(false);
    expect(schemaCheckerOf(schema).check('😀😀😀')).toBe(false);
  });

  it('is made once for a schema object', () => {
    const schema = { type: 'string' };
    expect(schemaCheckerOf(schema)).toBe(schemaCheckerOf(schema));
  });

  it('bounds the list of problems', () => {
    const problems = schemaCheckerOf({ items: { type: 'string' } }).listProblems(Array.from({ length: 5000 }, () => 1));
    expect(problems).toHaveLength(1000);
  });
});

describe('a problem', () => {
  const list = (schema: unknown, value: unknown) => schemaCheckerOf(schema).listProblems(value);

  it.each([
    [{ type: 'string' }, 1, 'type', 'expected string, got number'],
    [{ type: ['string', 'null'] }, [], 'type', 'expected string or null, got array'],
    [{ const: 1 }, 2, 'const', 'expected 1'],
    [{ const: { a: 1 } }, { a: 2 }, 'const', 'expected {"a":1}'],
    [{ enum: ['a', null] }, 'c', 'enum', 'expected one of "a", null'],
    [{ minLength: 2 }, 'a', 'minLength', 'expected at least 2 characters'],
    [{ maxLength: 2 }, 'abc', 'maxLength', 'expected at most 2 characters'],
    [{ pattern: '^a$' }, 'b', 'pattern', 'expected text that matches ^a$'],
    [{ format: 'uuid' }, 'b', 'format', 'expected text in the format "uuid"'],
    [{ minimum: 2 }, 1, 'minimum', 'expected a number >= 2'],
    [{ maximum: 2 }, 3, 'maximum', 'expected a number <= 2'],
    [{ exclusiveMinimum: 2 }, 2, 'exclusiveMinimum', 'expected a number > 2'],
    [{ exclusiveMaximum: 2 }, 2, 'exclusiveMaximum', 'expected a number < 2'],
    [{ multipleOf: 2 }, 3, 'multipleOf', 'expected a number that is a multiple of 2'],
    [{ minItems: 1 }, [], 'minItems', 'expected at least 1 items'],
    [{ maxItems: 0 }, [1], 'maxItems', 'expected at most 0 items'],
    [{ uniqueItems: true }, [1, 2, 1], 'uniqueItems', 'items must differ; the one at index 2 repeats an earlier one'],
    [{ contains: { const: 1 } }, [], 'contains', 'expected at least 1 items of a certain form'],
    [{ minProperties: 1 }, {}, 'minProperties', 'expected at least 1 fields'],
    [{ maxProperties: 0 }, { a: 1 }, 'maxProperties', 'expected at most 0 fields'],
    [{ not: {} }, 1, 'not', 'has a form that is not allowed'],
    [{ oneOf: [{}, true, false] }, 1, 'oneOf', 'fits 2 of the alternatives, expected exactly one'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, 'anyOf', 'fits none of the 2 alternatives'],
    [false, 1, 'boolean', 'nothing is allowed here'],
  ])('of %j with %j says %s: %s', (schema, value, keyword, message) => {
    expect(list(schema, value)).toEqual([{ path: '', keyword, message }]);
  });

  it('points at each missing and each unknown field', () => {
    const schema = { properties: { a: {}, 'b/c': {} }, required: ['a', 'b/c'], additionalProperties: false };
    expect(list(schema, { d: 1 })).toEqual([
      { path: '/a', keyword: 'required', message: 'required field "a" is missing' },
      { path: '/b~1c', keyword: 'required', message: 'required field "b/c" is missing' },
      { path: '/d', keyword: 'additionalProperties', message: 'unknown field "d"; known fields: a, b/c' },
    ]);
  });

  it('of a union told apart by a constant is about the member that was meant', () => {
    const schema = {
      items: {
        oneOf: [
          { properties: { type: { const: 'circle' }, radius: { type: 'number' } }, required: ['type', 'radius'] },
          { properties: { type: { const: 'square' }, side: { type: 'number' } }, required: ['type', 'side'] },
        ],
      },
    };
    expect(list(schema, [{ type: 'circle' }, { type: 'square', side: 'x' }, { type: 'line' }])).toEqual([
      { path: '/0/radius', keyword: 'required', message: 'required field "radius" is missing' },
      { path: '/1/side', keyword: 'type', message: 'expected number, got string' },
      { path: '/2/type', keyword: 'enum', message: 'expected one of "circle", "square"' },
    ]);
  });

  it('of a union is about the member of the right type', () => {
    const item = { type: 'object', properties: { a: { type: 'number' } } };
    const schema = { anyOf: [item, { type: 'array', items: item, minItems: 1 }] };
    expect(list(schema, { a: 'x' })).toEqual([{ path: '/a', keyword: 'type', message: 'expected number, got string' }]);
    expect(list(schema, [{ a: 'x' }])).toEqual([
      { path: '/0/a', keyword: 'type', message: 'expected number, got string' },
    ]);
    expect(list(schema, [])).toEqual([{ path: '', keyword: 'minItems', message: 'expected at least 1 items' }]);
    expect(list(schema, 1)).toEqual([{ path: '', keyword: 'anyOf', message: 'fits none of the 2 alternatives' }]);
  });

  it('of a union told apart by a constant is about that member, whatever else it allows', () => {
    const member = (type: string, unit: string) => ({
      properties: { type: { const: type }, unit: { enum: [unit, 'any'] } },
      required: ['type'],
    });
    const schema = { anyOf: [member('length', 'm'), member('time', 's')] };
    expect(list(schema, { type: 'time', unit: 'm' })).toEqual([
      { path: '/unit', keyword: 'enum', message: 'expected one of "s", "any"' },
    ]);
    expect(list(schema, { type: 'mass', unit: 'm' })).toEqual([
      { path: '/type', keyword: 'enum', message: 'expected one of "length", "time"' },
    ]);
  });

  it('never says what came, only its kind', () => {
    fc.assert(
      fc.property(
        anySchemas,
        fc.constantFrom('canary-value-1', ['canary-value-1'], { a: 'canary-value-1' }),
        (any, value) => {
          expect(JSON.stringify(list(any, value))).not.toContain('canary');
        },
      ),
    );
  });
});
