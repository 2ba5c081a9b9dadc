import { CheckContext, CheckSchema, Stack } from 'typebox/schema';
import { isRecord } from './record.ts';

type Check = (value: unknown) => boolean;

/** Makes the check of one keyword; undefined when the keyword is written in a form that is left to the full checker. */
type CheckMaker = (operand: unknown, schema: Readonly<Record<string, unknown>>) => Check | undefined;

/** Keywords that say nothing about which values fit. */
const ANNOTATIONS = new Set([
  '$schema',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '~kind',
  '~optional',
  '~readonly',
]);

/**
 * A check of a schema as plain functions, twenty times as fast as walking the schema and without `eval`. It covers the
 * keywords that configurations and secrets are made of; undefined when the schema uses any other, which then is for
 * the full checker. Both always agree.
 */
export function compileFastCheck(schema: unknown): Check | undefined {
  if (typeof schema === 'boolean') return () => schema;
  if (!isRecord(schema)) return undefined;
  const checks: Check[] = [];
  for (const keyword of Reflect.ownKeys(schema)) {
    if (typeof keyword !== 'string') return undefined;
    if (ANNOTATIONS.has(keyword) || keyword.startsWith('x-')) continue;
    const check = Object.hasOwn(MAKERS, keyword) ? MAKERS[keyword]?.(schema[keyword], schema) : undefined;
    if (check === undefined) return undefined;
    checks.push(check);
  }
  const [only] = checks;
  return checks.length === 1 && only !== undefined ? only : (value) => checks.every((check) => check(value));
}

const UNIQUE = { uniqueItems: true };
const UNIQUE_STACK = Stack({}, UNIQUE);

const isObject = (value: unknown): value is Record<string, unknown> => isRecord(value);

const TYPES: Readonly<Record<string, Check>> = {
  object: isObject,
  array: (value) => Array.isArray(value),
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const MAKERS: Readonly<Record<string, CheckMaker>> = {
  type: (operand) => {
    const names: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    const checks = all(names, (name) =>
      typeof name === 'string' && Object.hasOwn(TYPES, name) ? TYPES[name] : undefined,
    );
    return checks && anyOf(checks);
  },
  const: (operand) => (isScalar(operand) ? (value) => value === operand : undefined),
  enum: (operand) =>
    Array.isArray(operand) && operand.every(isScalar)
      ? (value) => operand.some((option) => option === value)
      : undefined,
  minLength: (operand) => forStringsOf(operand, (text, limit) => codePoints(text, limit) >= limit),
  maxLength: (operand) => forStringsOf(operand, (text, limit) => codePoints(text, limit + 1) <= limit),
  pattern: (operand) => {
    const pattern = toPattern(operand);
    return pattern && ((value) => typeof value !== 'string' || pattern.test(value));
  },
  minimum: (operand) => forNumbersOf(operand, (value, limit) => value >= limit),
  maximum: (operand) => forNumbersOf(operand, (value, limit) => value <= limit),
  exclusiveMinimum: (operand) => forNumbersOf(operand, (value, limit) => value > limit),
  exclusiveMaximum: (operand) => forNumbersOf(operand, (value, limit) => value < limit),
  items: (operand, schema) => {
    const check = 'prefixItems' in schema || Array.isArray(operand) ? undefined : compileFastCheck(operand);
    return check && ((value) => !Array.isArray(value) || value.every((item) => check(item)));
  },
  minItems: (operand) =>
    typeof operand === 'number' ? (value) => !Array.isArray(value) || value.length >= operand : undefined,
  maxItems: (operand) =>
    typeof operand === 'number' ? (value) => !Array.isArray(value) || value.length <= operand : undefined,
  uniqueItems: (operand) => {
    if (typeof operand !== 'boolean') return undefined;
    return (value) => {
      if (!operand || !Array.isArray(value)) return true;
      if (value.every((item) => typeof item === 'string')) return new Set(value).size === value.length;
      return CheckSchema(UNIQUE_STACK, new CheckContext(), UNIQUE, value);
    };
  },
  required: (operand) =>
    Array.isArray(operand) && operand.every(isSafeName)
      ? (value) => !isObject(value) || operand.every((name) => name in value)
      : undefined,
  properties: (operand, schema) => {
    if (!isRecord(operand)) return undefined;
    const required: unknown = schema['required'] ?? [];
    if (!Array.isArray(required)) return undefined;
    const fields = all(Object.entries(operand), ([name, field]) => {
      const check = isSafeName(name) ? compileFastCheck(field) : undefined;
      return check && { name, check, required: required.includes(name) };
    });
    return (
      fields &&
      ((value) =>
        !isObject(value) ||
        fields.every((field) => {
          const part = value[field.name];
          // An optional field that is present as `undefined` counts as absent.
          if (part === undefined && (!field.required || !(field.name in value))) return true;
          return !(field.name in value) || field.check(part);
        }))
    );
  },
  patternProperties: (operand) => {
    const patterns = isRecord(operand) ? all(Object.entries(operand), toPatternCheck) : undefined;
    return (
      patterns &&
      ((value) =>
        !isObject(value) ||
        Object.entries(value).every(([name, part]) =>
          patterns.every(({ pattern, check }) => !pattern.test(name) || check(part)),
        ))
    );
  },
  additionalProperties: (operand, schema) => {
    const { properties = {}, patternProperties = {} } = schema;
    const check = compileFastCheck(operand);
    if (check === undefined || !isRecord(properties) || !isRecord(patternProperties)) return undefined;
    const known = new Set(Object.keys(properties));
    const patterns = all(Object.keys(patternProperties), toPattern);
    return (
      patterns &&
      ((value) =>
        !isObject(value) ||
        Object.getOwnPropertyNames(value).every(
          (name) => known.has(name) || patterns.some((pattern) => pattern.test(name)) || check(value[name]),
        ))
    );
  },
  anyOf: (operand) => {
    const checks = compileEach(operand);
    return checks && anyOf(checks);
  },
  allOf: (operand) => {
    const checks = compileEach(operand);
    return checks && ((value) => checks.every((check) => check(value)));
  },
  oneOf: (operand) => {
    const checks = compileEach(operand);
    return checks && ((value) => checks.filter((check) => check(value)).length === 1);
  },
  not: (operand) => {
    const check = compileFastCheck(operand);
    return check && ((value) => !check(value));
  },
};

function compileEach(operand: unknown): Check[] | undefined {
  return Array.isArray(operand) ? all(operand, compileFastCheck) : undefined;
}

function anyOf(checks: readonly Check[]): Check {
  return (value) => checks.some((check) => check(value));
}

/** Every result, or undefined when one of them is. */
function all<Item, Result>(items: readonly Item[], make: (item: Item) => Result | undefined): Result[] | undefined {
  const results: Result[] = [];
  for (const item of items) {
    const result = make(item);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** Names that every object inherits take a special path in the full checker. */
function isSafeName(name: unknown): name is string {
  return typeof name === 'string' && !(name in {});
}

function toPattern(source: unknown): RegExp | undefined {
  if (typeof source !== 'string') return undefined;
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}

function toPatternCheck([source, schema]: readonly [string, unknown]) {
  const pattern = toPattern(source);
  const check = compileFastCheck(schema);
  return pattern && check && { pattern, check };
}

function forStringsOf(operand: unknown, fits: (text: string, limit: number) => boolean): Check | undefined {
  return typeof operand === 'number' ? (value) => typeof value !== 'string' || fits(value, operand) : undefined;
}

function forNumbersOf(operand: unknown, fits: (value: number | bigint, limit: number) => boolean): Check | undefined {
  if (typeof operand !== 'number') return undefined;
  return (value) => {
    const isNumber = typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
    return !isNumber || fits(value, operand);
  };
}

/** Length in code points, as JSON Schema counts it; counting stops once it is at least `enough`. */
function codePoints(text: string, enough: number): number {
  if (text.length < enough || text.length >= 2 * enough) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}
