import { deepEqual } from '../deep-equal.ts';
import { isRecord } from '../record.ts';
import { UnusableSchemaError } from '../unusable-schema-error.ts';
import { type KeywordMaker, type Validator, assertion } from './validator.ts';

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

function makeType(operand: unknown): Validator | undefined {
  const names: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (!names.every((name) => typeof name === 'string')) return undefined;
  const tests = names.flatMap((name) => (Object.hasOwn(TYPES, name) ? (TYPES[name] ?? []) : []));
  if (tests.length < names.length) throw new UnusableSchemaError('it names a type that does not exist');
  const [only] = tests;
  const check = tests.length === 1 && only !== undefined ? only : (value: unknown) => tests.some((test) => test(value));
  return assertion('type', check, (value) => `expected ${names.join(' or ')}, got ${kindOf(value)}`);
}

function makeConstants(keyword: 'const' | 'enum', allowed: readonly unknown[]): Validator {
  const isScalar = allowed.every((option) => typeof option !== 'object' || option === null);
  const check = isScalar
    ? (value: unknown) => allowed.some((option) => option === value)
    : (value: unknown) => allowed.some((option) => deepEqual(option, value));
  const message = `expected ${allowed.length > 1 ? 'one of ' : ''}${allowed.map(quote).join(', ')}`;
  return {
    check,
    list: (value, path, findings) => {
      if (!check(value)) findings.push({ path, keyword, message, allowed });
    },
  };
}

function quote(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
}

function limit(
  keyword: string,
  sign: string,
  fits: (value: number | bigint, operand: number) => boolean,
): KeywordMaker {
  return (operand) => {
    if (typeof operand !== 'number') return undefined;
    const check = (value: unknown) => !isNumeric(value) || fits(value, operand);
    return assertion(keyword, check, () => `expected a number ${sign} ${operand}`);
  };
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
function makeRefinements(operand: unknown): Validator | undefined {
  if (!Array.isArray(operand)) return undefined;
  const tests = operand.flatMap((entry: unknown) =>
    isRecord(entry) && typeof entry['check'] === 'function' ? [entry['check']] : [],
  );
  const check = (value: unknown) => tests.every((test) => Boolean(Reflect.apply(test, undefined, [value])));
  return assertion('~refine', check, () => 'does not fulfil a rule of the schema');
}

export const SCALAR_KEYWORDS = {
  type: makeType,
  const: (operand: unknown) => makeConstants('const', [operand]),
  enum: (operand: unknown) => (Array.isArray(operand) ? makeConstants('enum', operand) : undefined),
  minimum: limit('minimum', '>=', (value, operand) => value >= operand),
  maximum: limit('maximum', '<=', (value, operand) => value <= operand),
  exclusiveMinimum: limit('exclusiveMinimum', '>', (value, operand) => value > operand),
  exclusiveMaximum: limit('exclusiveMaximum', '<', (value, operand) => value < operand),
  multipleOf: limit('multipleOf', 'that is a multiple of', isMultiple),
  '~refine': makeRefinements,
} as const satisfies Record<string, KeywordMaker>;
