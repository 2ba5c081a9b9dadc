import { isRecord } from '../record.ts';
import { chooseFindings } from './choose-findings.ts';
import { refusedFields } from './object-keywords.ts';
import { assertion, type CompileContext, conjunction, type KeywordMaker, type Validator } from './validator.ts';

function compileEach(operand: unknown, context: CompileContext): Validator[] | undefined {
  return Array.isArray(operand) ? operand.map((schema) => context.compile(schema)) : undefined;
}

/** At least one of several; what is listed is about the one that was meant. */
const makeAnyOf: KeywordMaker = (operand, { name, context }) => {
  const options = compileEach(operand, context);
  return (
    options &&
    ((value, trace) => {
      if (options.some((option) => option(value))) return true;
      if (trace !== undefined) chooseFindings(options, value, name, trace);
      return false;
    })
  );
};

const makeOneOf: KeywordMaker = (operand, { name, context }) => {
  const options = compileEach(operand, context);
  return (
    options &&
    ((value, trace) => {
      const fitting = options.filter((option) => option(value)).length;
      if (fitting === 1) return true;
      if (fitting > 1) trace?.add(name, `fits ${fitting} of the alternatives, expected exactly one`);
      else if (trace !== undefined) chooseFindings(options, value, name, trace);
      return false;
    })
  );
};

const makeIf: KeywordMaker = (operand, { schema, context }) => {
  const condition = context.compile(operand);
  const consequence = context.compile(schema['then'] ?? true);
  const alternative = context.compile(schema['else'] ?? true);
  return (value, trace) => (condition(value) ? consequence : alternative)(value, trace);
};

/** Fields that no part of the schema has looked at. */
const makeUnevaluatedProperties: KeywordMaker = (operand, keyword) => {
  const validate = keyword.context.compile(operand);
  return refusedFields(
    keyword.name,
    (name, value) => !isSeen(name, keyword.schema, value, keyword.context) && !validate(value[name]),
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
  const isMet = condition !== undefined && context.compile(condition)(value);
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
  if (!context.compile(part)(value)) return false;
  return (isRecord(part) && 'unevaluatedProperties' in part) || isSeen(name, part, value, context);
}

export const COMPOSITE_KEYWORDS = {
  anyOf: makeAnyOf,
  oneOf: makeOneOf,
  allOf: (operand, { context }) => {
    const parts = compileEach(operand, context);
    return parts && conjunction(parts);
  },
  not: (operand, { name, context }) => {
    const validate = context.compile(operand);
    return assertion(
      name,
      (value) => !validate(value),
      () => 'has a form that is not allowed',
    );
  },
  if: makeIf,
  $ref: (operand, { context }) => (typeof operand === 'string' ? context.resolve(operand) : undefined),
  unevaluatedProperties: makeUnevaluatedProperties,
} as const satisfies Record<string, KeywordMaker>;
