import { isRecord } from '../record.ts';
import { chooseFindings } from './choose-findings.ts';
import { refusedFields } from './object-keywords.ts';
import {
  type CompileContext,
  type KeywordMaker,
  type Validator,
  assertion,
  conjunction,
  findingsOf,
} from './validator.ts';

function compileEach(operand: unknown, context: CompileContext): Validator[] | undefined {
  return Array.isArray(operand) ? operand.map((schema) => context.compile(schema)) : undefined;
}

/** At least one of several; what is listed is about the one that was meant. */
const makeAnyOf: KeywordMaker = (operand, _schema, context) => {
  const options = compileEach(operand, context);
  if (options === undefined) return undefined;
  const check = (value: unknown) => options.some((option) => option.check(value));
  return {
    check,
    list: (value, path, findings) => {
      if (check(value)) return;
      const lists = options.map((option) => findingsOf(option, value, path));
      findings.push(...chooseFindings(lists, path, 'anyOf'));
    },
  };
};

const makeOneOf: KeywordMaker = (operand, _schema, context) => {
  const options = compileEach(operand, context);
  if (options === undefined) return undefined;
  return {
    check: (value) => options.filter((option) => option.check(value)).length === 1,
    list: (value, path, findings) => {
      const lists = options.map((option) => findingsOf(option, value, path));
      const fitting = lists.filter((list) => list.length === 0).length;
      if (fitting === 0) findings.push(...chooseFindings(lists, path, 'oneOf'));
      if (fitting < 2) return;
      const message = `fits ${fitting} of the alternatives, expected exactly one`;
      findings.push({ path, keyword: 'oneOf', message });
    },
  };
};

const makeIf: KeywordMaker = (operand, schema, context) => {
  const condition = context.compile(operand);
  const consequence = context.compile(schema['then'] ?? true);
  const alternative = context.compile(schema['else'] ?? true);
  const choose = (value: unknown) => (condition.check(value) ? consequence : alternative);
  return {
    check: (value) => choose(value).check(value),
    list: (value, path, findings) => choose(value).list(value, path, findings),
  };
};

/** Fields that no part of the schema has looked at. */
const makeUnevaluatedProperties: KeywordMaker = (operand, schema, context) => {
  const validator = context.compile(operand);
  const listUnseen = (value: Readonly<Record<string, unknown>>) =>
    Object.keys(value).filter((name) => value[name] !== undefined && !isSeen(name, schema, value, context));
  return refusedFields('unevaluatedProperties', (value) =>
    listUnseen(value).filter((name) => !validator.check(value[name])),
  );
};

/** Whether a schema that fits says something of a field: by name, by pattern, or through a part of its own. */
function isSeen(
  name: string,
  schema: unknown,
  value: Readonly<Record<string, unknown>>,
  context: CompileContext,
): boolean {
  if (!isRecord(schema)) return false;
  const { properties, patternProperties, $ref: reference, if: condition } = schema;
  if ('additionalProperties' in schema) return true;
  if (isRecord(properties) && Object.hasOwn(properties, name)) return true;
  if (isRecord(patternProperties) && Object.keys(patternProperties).some((key) => new RegExp(key, 'u').test(name))) {
    return true;
  }
  const inside = (part: unknown) => part !== undefined && isSeenInside(name, part, value, context);
  if (typeof reference === 'string' && inside(context.schemaAt(reference))) return true;
  const isMet = condition !== undefined && context.compile(condition).check(value);
  if (inside(isMet ? condition : undefined) || inside(condition && schema[isMet ? 'then' : 'else'])) return true;
  const dependent = isRecord(schema['dependentSchemas']) ? Object.entries(schema['dependentSchemas']) : [];
  if (dependent.some(([field, part]) => Object.hasOwn(value, field) && inside(part))) return true;
  return ['allOf', 'anyOf', 'oneOf'].some((keyword) => {
    const parts = schema[keyword];
    return Array.isArray(parts) && parts.some(inside);
  });
}

function isSeenInside(
  name: string,
  part: unknown,
  value: Readonly<Record<string, unknown>>,
  context: CompileContext,
): boolean {
  if (!context.compile(part).check(value)) return false;
  return (isRecord(part) && 'unevaluatedProperties' in part) || isSeen(name, part, value, context);
}

export const COMPOSITE_KEYWORDS = {
  anyOf: makeAnyOf,
  oneOf: makeOneOf,
  allOf: (operand, _schema, context) => {
    const parts = compileEach(operand, context);
    return parts && conjunction(parts);
  },
  not: (operand, _schema, context) => {
    const validator = context.compile(operand);
    return assertion(
      'not',
      (value) => !validator.check(value),
      () => 'has a form that is not allowed',
    );
  },
  if: makeIf,
  $ref: (operand, _schema, context) => (typeof operand === 'string' ? context.resolve(operand) : undefined),
  unevaluatedProperties: makeUnevaluatedProperties,
} as const satisfies Record<string, KeywordMaker>;
