import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVectorFilter, type VectorFilter } from './filter.ts';
import { matchesVectorFilter } from './match-filter.ts';

const payload = {
  kind: 'a',
  size: 2,
  tags: ['x', 'y'],
  none: null,
  empty: [],
  flag: false,
  nested: { level: { name: 'deep' }, 'x.y': 1 },
  'dotted.name': 'own',
};

describe('a filter', () => {
  it.each<[VectorFilter, boolean]>([
    [{}, true],
    [{ kind: 'a' }, true],
    [{ kind: 'b' }, false],
    [{ kind: 'a', size: 2 }, true],
    [{ kind: 'a', size: 3 }, false],
    [{ size: '2' }, false],
    [{ flag: false }, true],
    [{ none: null }, true],
    [{ missing: null }, false],
    [{ kind: { $eq: 'a', $ne: 'b' } }, true],
    [{ missing: { $ne: 'a' } }, true],
    [{ none: { $ne: null } }, false],
    [{ size: { $gt: 1, $lte: 2 } }, true],
    [{ size: { $gt: 2 } }, false],
    [{ size: { $gte: '1' } }, false],
    [{ kind: { $lt: 'b' } }, true],
    [{ missing: { $lt: 5 } }, false],
    [{ kind: { $in: ['a', 1] } }, true],
    [{ kind: { $in: [] } }, false],
    [{ missing: { $in: [null] } }, false],
    [{ missing: { $nin: ['a'] } }, true],
    [{ kind: { $nin: ['a'] } }, false],
    [{ none: { $exists: true } }, true],
    [{ missing: { $exists: false } }, true],
    [{ tags: 'x' }, true],
    [{ tags: { $ne: 'x' } }, false],
    [{ tags: { $in: ['z', 'y'] } }, true],
    [{ tags: { $nin: ['y'] } }, false],
    [{ tags: { $contains: 'x' } }, true],
    [{ tags: { $contains: 'X' } }, false],
    [{ empty: { $exists: true } }, true],
    [{ empty: { $ne: 'x' } }, true],
    [{ kind: { $contains: 'a' } }, true],
    [{ size: { $contains: 2 } }, false],
    [{ 'nested.level.name': 'deep' }, true],
    [{ 'nested.x.y': 1 }, true],
    [{ 'dotted.name': 'own' }, true],
    [{ 'kind.length': 1 }, false],
    [{ $and: [{ kind: 'a' }, { size: 2 }] }, true],
    [{ $and: [] }, true],
    [{ $or: [{ kind: 'b' }, { size: 2 }] }, true],
    [{ $or: [] }, false],
    [{ $not: { kind: 'b' } }, true],
    [{ kind: 'a', $not: { size: 2 } }, false],
  ])('%j holds: %s', (filter, expected) => {
    expect(matchesVectorFilter(payload, filter)).toBe(expected);
  });

  it('looks at own members alone', () => {
    for (const field of ['constructor', '__proto__', 'toString', 'nested.constructor', 'constructor.name']) {
      expect(matchesVectorFilter(payload, JSON.parse(`{${JSON.stringify(field)}: {"$exists": true}}`))).toBe(false);
    }
  });

  it('holds for a document without a payload like for one with none', () => {
    expect(matchesVectorFilter(undefined, { kind: { $exists: false } })).toBe(true);
  });

  it.each([
    ['{"a": {"$regex": "x"}}', 'filter.a.$regex'],
    ['{"$nor": []}', 'filter.$nor'],
    ['{"$and": {"a": 1}}', 'filter.$and'],
    ['{"$or": [1]}', 'filter.$or[0]'],
    ['{"$not": [{"a": 1}]}', 'filter.$not'],
    ['{"a": {}}', 'filter.a'],
    ['{"a": [1]}', 'filter.a'],
    ['{"a": {"$in": "x"}}', 'filter.a.$in'],
    ['{"a": {"$in": [{}]}}', 'filter.a.$in'],
    ['{"a": {"$gt": true}}', 'filter.a.$gt'],
    ['{"a": {"$gt": null}}', 'filter.a.$gt'],
    ['{"a": {"$exists": 1}}', 'filter.a.$exists'],
    ['{"a": {"$contains": null}}', 'filter.a.$contains'],
    ['{"a": {"$eq": {"b": 1}}}', 'filter.a.$eq'],
    ['{"a": {"b": 1}}', 'filter.a.b'],
    ['[]', 'filter'],
    ['null', 'filter'],
    ['"a"', 'filter'],
  ])('refuses %s, naming %s', (json, field) => {
    expect(() => parseVectorFilter(JSON.parse(json))).toThrow(
      expect.objectContaining({ code: 'invalid_request', field, message: expect.stringContaining(field) }),
    );
  });

  it('refuses what is nested too deep', () => {
    let deep: VectorFilter = { a: 1 };
    for (let depth = 0; depth < 40; depth += 1) deep = { $not: deep };
    expect(() => parseVectorFilter(deep)).toThrow(/nested deeper/);
  });

  it('keeps the laws of logic for any payload', () => {
    const scalar = fc.constantFrom(1, 2, 'a', 'b', null, true);
    const payloads = fc.dictionary(
      fc.constantFrom('x', 'y', 'z'),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    );
    const condition = fc.oneof(
      scalar.map((value) => ({ $eq: value })),
      scalar.map((value) => ({ $ne: value })),
      fc.array(scalar, { maxLength: 3 }).map((values) => ({ $in: values })),
      fc.boolean().map((isThere) => ({ $exists: isThere })),
    );
    const filters: fc.Arbitrary<VectorFilter> = fc.dictionary(fc.constantFrom('x', 'y', 'z'), condition, {
      maxKeys: 2,
    });
    fc.assert(
      fc.property(payloads, filters, filters, (given, a, b) => {
        const holds = (filter: VectorFilter): boolean => matchesVectorFilter(given, filter);
        expect(holds({ $not: { $not: a } })).toBe(holds(a));
        expect(holds({ $and: [a, b] })).toBe(holds(a) && holds(b));
        expect(holds({ $or: [a, b] })).toBe(holds(a) || holds(b));
        expect(holds({ $not: { $or: [a, b] } })).toBe(holds({ $and: [{ $not: a }, { $not: b }] }));
        expect(holds({ x: { $nin: [1, 'a'] } })).toBe(!holds({ x: { $in: [1, 'a'] } }));
      }),
    );
  });
});
