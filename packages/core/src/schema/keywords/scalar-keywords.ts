import { deepEqual } from '../deep-equal.ts';
import { isRecord } from '../record.ts';
import { UnusableSchemaError } from '../unusable-schema-error.ts';
import { assertion, bound, type Keyword, type KeywordMaker, type Validator } from './validator.ts';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isRecord,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  // Words of TypeBox for what JSON has no word for.
  bigint: (value) => typeof value === 'bigint',
  undefined: (value) => value === undefined,
};

/** Kind of a value in the words of JSON Schema; nothing else about it. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const makeType: KeywordMaker = (operand, { name: keyword }) => {
  const names: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (!names.every((name) => typeof name === 'string')) return undefined;
  const tests = names.flatMap((name) => (Object.hasOwn(TYPES, name) ? (TYPES[name] ?? []) : []));
  if (tests.length < names.length) throw new UnusableSchemaError('it names a type that does not exist');
  const [only] = tests;
  const check = tests.length === 1 && only !== undefined ? only : (value: unknown) => tests.some((test) => test(value));
  return assertion(keyword, check, (value) => `expected ${names.join(' or ')}, got ${kindOf(value)}`);
};

function makeConstants(allowed: readonly unknown[], { name }: Keyword): Validator {
  const isScalar = allowed.every((option) => typeof option !== 'object' || option === null);
  const message = `expected ${allowed.length > 1 ? 'one of ' : ''}${allowed.map(quote).join(', ')}`;
  return (value, trace) =>
    allowed.some((option) => option === value || (!isScalar && deepEqual(option, value))) ||
    (trace?.add(name, message, allowed) ?? false);
}

function quote(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

/** With room for what binary fractions cannot say: 0.3 is a multiple of 0.1. */
function isMultiple(value: number | bigint, divisor: number): boolean {
  const number = Number(value);
  if (Number.isInteger(number) && (1 / divisor) % 1 === 0) return true;
  const rest = number % divisor;
  return Math.min(Math.abs(rest), Math.abs(rest - divisor), Math.abs(rest + divisor)) < 1e-10;
}

/** Functions of a TypeBox schema. Their own texts may quote the value and are not used. */
const makeRefinements: KeywordMaker = (operand, { name }) => {
  if (!Array.isArray(operand)) return undefined;
  const tests = operand.flatMap((entry: unknown) =>
    isRecord(entry) && typeof entry['check'] === 'function' ? [entry['check']] : [],
  );
  const check = (value: unknown) => tests.every((test) => Boolean(Reflect.apply(test, undefined, [value])));
  return assertion(name, check, () => 'does not fulfil a rule of the schema');
};

export const SCALAR_KEYWORDS = {
  type: makeType,
  const: (operand, keyword) => makeConstants([operand], keyword),
  enum: (operand, keyword) => (Array.isArray(operand) ? makeConstants(operand, keyword) : undefined),
  minimum: bound(isNumeric, (value, least) => value >= least, ['a number >= ', '']),
  maximum: bound(isNumeric, (value, most) => value <= most, ['a number <= ', '']),
  exclusiveMinimum: bound(isNumeric, (value, lower) => value > lower, ['a number > ', '']),
  exclusiveMaximum: bound(isNumeric, (value, upper) => value < upper, ['a number < ', '']),
  multipleOf: bound(isNumeric, isMultiple, ['a number that is a multiple of ', '']),
  '~refine': makeRefinements,
} as const satisfies Record<string, KeywordMaker>;
