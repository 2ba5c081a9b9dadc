import { deepEqual } from '../deep-equal.ts';
import { assertion, bound, everyPart, type Keyword, type KeywordMaker, type Validator } from './validator.ts';

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Items from a position on. */
function itemsFrom(start: number, operand: unknown, { context }: Keyword): Validator {
  const validate = context.compile(operand);
  return (items, trace) =>
    !isArray(items) || everyPart(items, trace, (item, index) => index < start || validate(item, trace?.at(index)));
}

/** The first items, one schema for each. */
function leadingItems(schemas: readonly unknown[], { context }: Keyword): Validator {
  const validators = schemas.map((schema) => context.compile(schema));
  return (items, trace) =>
    !isArray(items) ||
    everyPart(
      validators,
      trace,
      (validate, index) => index >= items.length || validate(items[index], trace?.at(index)),
    );
}

const makeItems: KeywordMaker = (operand, keyword) => {
  // The form that it had before 2020-12.
  if (Array.isArray(operand)) return leadingItems(operand, keyword);
  const { prefixItems } = keyword.schema;
  return itemsFrom(Array.isArray(prefixItems) ? prefixItems.length : 0, operand, keyword);
};

const makeContains: KeywordMaker = (operand, { name, schema, context }) => {
  const { minContains, maxContains } = schema;
  const validate = context.compile(operand);
  const least = typeof minContains === 'number' ? minContains : 1;
  const most = typeof maxContains === 'number' ? maxContains : Number.POSITIVE_INFINITY;
  const fits = (value: unknown) => {
    if (!isArray(value)) return true;
    const count = value.filter((item) => validate(item)).length;
    return count >= least && count <= most;
  };
  const bounds = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  return assertion(name, fits, () => `expected ${bounds} items of a certain form`);
};

function findRepeated(items: readonly unknown[]): number {
  if (items.every((item) => typeof item === 'string') && new Set(items).size === items.length) return -1;
  return items.findIndex((item, index) => items.slice(0, index).some((earlier) => deepEqual(earlier, item)));
}

const makeUniqueItems: KeywordMaker = (operand, { name }) => {
  if (operand !== true) return undefined;
  return (items, trace) => {
    const repeated = isArray(items) ? findRepeated(items) : -1;
    if (repeated < 0) return true;
    return trace?.add(name, `items must differ; the one at index ${repeated} repeats an earlier one`) ?? false;
  };
};

export const ARRAY_KEYWORDS = {
  minItems: bound(isArray, ({ length }, least) => length >= least, ['at least ', ' items']),
  maxItems: bound(isArray, ({ length }, most) => length <= most, ['at most ', ' items']),
  uniqueItems: makeUniqueItems,
  items: makeItems,
  prefixItems: (operand, keyword) => (Array.isArray(operand) ? leadingItems(operand, keyword) : undefined),
  additionalItems: (operand, keyword) => {
    const { items } = keyword.schema;
    return Array.isArray(items) ? itemsFrom(items.length, operand, keyword) : undefined;
  },
  contains: makeContains,
} as const satisfies Record<string, KeywordMaker>;
