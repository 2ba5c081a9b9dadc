import { deepEqual } from '../deep-equal.ts';
import { appendPointer } from '../json-pointer.ts';
import { type CompileContext, type KeywordMaker, type Validator, assertion } from './validator.ts';

/** A keyword about arrays; anything else fits. */
function forArrays(
  keyword: string,
  fits: (items: readonly unknown[]) => boolean,
  describe: (items: readonly unknown[]) => string,
): Validator {
  return assertion(
    keyword,
    (value) => !Array.isArray(value) || fits(value),
    (value) => describe(Array.isArray(value) ? value : []),
  );
}

function size(keyword: string, bound: string, fits: (count: number, operand: number) => boolean): KeywordMaker {
  return (operand) =>
    typeof operand === 'number'
      ? forArrays(
          keyword,
          (items) => fits(items.length, operand),
          () => `expected at ${bound} ${operand} items`,
        )
      : undefined;
}

/** Items from a position on. */
function itemsFrom(start: number, validator: Validator): Validator {
  return {
    check: (value) => !Array.isArray(value) || value.every((item, index) => index < start || validator.check(item)),
    list: (value, path, findings) => {
      if (!Array.isArray(value)) return;
      for (let index = start; index < value.length; index++) {
        validator.list(value[index], appendPointer(path, index), findings);
      }
    },
  };
}

/** The first items, one schema for each. */
function leadingItems(schemas: readonly unknown[], context: CompileContext): Validator {
  const validators = schemas.map((schema) => context.compile(schema));
  return {
    check: (value) =>
      !Array.isArray(value) ||
      validators.every((validator, index) => index >= value.length || validator.check(value[index])),
    list: (value, path, findings) => {
      if (!Array.isArray(value)) return;
      for (const [index, validator] of validators.slice(0, value.length).entries()) {
        validator.list(value[index], appendPointer(path, index), findings);
      }
    },
  };
}

const makeItems: KeywordMaker = (operand, schema, context) => {
  // The form that it had before 2020-12.
  if (Array.isArray(operand)) return leadingItems(operand, context);
  const { prefixItems } = schema;
  return itemsFrom(Array.isArray(prefixItems) ? prefixItems.length : 0, context.compile(operand));
};

const makeContains: KeywordMaker = (operand, { minContains, maxContains }, context) => {
  const validator = context.compile(operand);
  const least = typeof minContains === 'number' ? minContains : 1;
  const most = typeof maxContains === 'number' ? maxContains : Number.POSITIVE_INFINITY;
  const fits = (items: readonly unknown[]) => {
    const count = items.filter((item) => validator.check(item)).length;
    return count >= least && count <= most;
  };
  const bounds = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  return forArrays('contains', fits, () => `expected ${bounds} items of a certain form`);
};

function findRepeated(items: readonly unknown[]): number {
  if (items.every((item) => typeof item === 'string') && new Set(items).size === items.length) return -1;
  return items.findIndex((item, index) => items.slice(0, index).some((earlier) => deepEqual(earlier, item)));
}

export const ARRAY_KEYWORDS = {
  minItems: size('minItems', 'least', (count, operand) => count >= operand),
  maxItems: size('maxItems', 'most', (count, operand) => count <= operand),
  uniqueItems: (operand) =>
    operand === true
      ? forArrays(
          'uniqueItems',
          (items) => findRepeated(items) < 0,
          (items) => `items must differ; the one at index ${findRepeated(items)} repeats an earlier one`,
        )
      : undefined,
  items: makeItems,
  prefixItems: (operand, _schema, context) => (Array.isArray(operand) ? leadingItems(operand, context) : undefined),
  additionalItems: (operand, { items }, context) =>
    Array.isArray(items) ? itemsFrom(items.length, context.compile(operand)) : undefined,
  contains: makeContains,
} as const satisfies Record<string, KeywordMaker>;
