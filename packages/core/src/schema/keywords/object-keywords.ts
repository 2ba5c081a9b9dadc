import { isRecord } from '../record.ts';
import { bound, conjunction, everyPart, type KeywordMaker, type Validator } from './validator.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether an object has a field. One that is present as `undefined` counts as absent, as after a trip through JSON. */
function has(value: Fields, name: string): boolean {
  return value[name] !== undefined && Object.hasOwn(value, name);
}

function namesOf(value: Fields): string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined);
}

const makeRequired: KeywordMaker = (operand) => {
  if (!Array.isArray(operand) || !operand.every((name) => typeof name === 'string')) return undefined;
  return (value, trace) =>
    !isRecord(value) ||
    everyPart(
      operand,
      trace,
      (name) => has(value, name) || (trace?.at(name).add('required', `required field "${name}" is missing`) ?? false),
    );
};

const makeProperties: KeywordMaker = (operand, { context }) => {
  if (!isRecord(operand)) return undefined;
  const fields = Object.entries(operand).map(([name, schema]) => ({ name, validate: context.compile(schema) }));
  return (value, trace) =>
    !isRecord(value) ||
    everyPart(fields, trace, ({ name, validate }) => !has(value, name) || validate(value[name], trace?.at(name)));
};

/** The fields whose names are chosen, each held to a schema. */
function chosenFields(validate: Validator, isChosen: (name: string) => boolean): Validator {
  return (value, trace) =>
    !isRecord(value) ||
    everyPart(namesOf(value), trace, (name) => !isChosen(name) || validate(value[name], trace?.at(name)));
}

const makePatternProperties: KeywordMaker = (operand, { context }) => {
  if (!isRecord(operand)) return undefined;
  return conjunction(
    Object.entries(operand).map(([source, schema]) => {
      const pattern = new RegExp(source, 'u');
      return chosenFields(context.compile(schema), (name) => pattern.test(name));
    }),
  );
};

const makeAdditionalProperties: KeywordMaker = (operand, { name, schema, context }) => {
  const { properties, patternProperties } = schema;
  const known = isRecord(properties) ? Object.keys(properties) : [];
  const patterns = isRecord(patternProperties) ? Object.keys(patternProperties).map((key) => new RegExp(key, 'u')) : [];
  const knownNames = new Set(known);
  const isExtra = (field: string) => !knownNames.has(field) && !patterns.some((pattern) => pattern.test(field));
  return operand === false ? refusedFields(name, isExtra, known) : chosenFields(context.compile(operand), isExtra);
};

/** Fields that must not be there. */
export function refusedFields(
  keyword: string,
  isRefused: (name: string, value: Fields) => boolean,
  known: readonly string[] = [],
): Validator {
  const hint = known.length > 0 && known.length <= 24 ? `; known fields: ${known.join(', ')}` : '';
  return (value, trace) =>
    !isRecord(value) ||
    everyPart(
      namesOf(value),
      trace,
      (name) => !isRefused(name, value) || (trace?.at(name).add(keyword, `unknown field "${name}"${hint}`) ?? false),
    );
}

const makePropertyNames: KeywordMaker = (operand, { name: keyword, context }) => {
  const validate = context.compile(operand);
  return (value, trace) =>
    !isRecord(value) ||
    everyPart(
      namesOf(value),
      trace,
      (name) => validate(name) || (trace?.at(name).add(keyword, 'the name of this field is not allowed') ?? false),
    );
};

/** What holds of an object that has a field. */
function whenPresent(name: string, validate: Validator): Validator {
  return (value, trace) => !isRecord(value) || !has(value, name) || validate(value, trace);
}

const makeDependentRequired: KeywordMaker = (operand, keyword) => {
  if (!isRecord(operand)) return undefined;
  return conjunction(
    Object.entries(operand).flatMap(([name, names]) => {
      const required = makeRequired(names, keyword);
      return required === undefined ? [] : [whenPresent(name, required)];
    }),
  );
};

const makeDependentSchemas: KeywordMaker = (operand, { context }) =>
  isRecord(operand)
    ? conjunction(Object.entries(operand).map(([name, part]) => whenPresent(name, context.compile(part))))
    : undefined;

export const OBJECT_KEYWORDS = {
  required: makeRequired,
  properties: makeProperties,
  patternProperties: makePatternProperties,
  additionalProperties: makeAdditionalProperties,
  propertyNames: makePropertyNames,
  minProperties: bound(isRecord, (value, least) => namesOf(value).length >= least, ['at least ', ' fields']),
  maxProperties: bound(isRecord, (value, most) => namesOf(value).length <= most, ['at most ', ' fields']),
  dependentRequired: makeDependentRequired,
  dependentSchemas: makeDependentSchemas,
} as const satisfies Record<string, KeywordMaker>;
