import { appendPointer } from '../json-pointer.ts';
import { isRecord } from '../record.ts';
import { type CompileContext, type KeywordMaker, type Validator, assertion, conjunction } from './validator.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether an object has a field. One that is present as `undefined` counts as absent, as after a trip through JSON. */
function has(value: Fields, name: string): boolean {
  return value[name] !== undefined && Object.hasOwn(value, name);
}

function namesOf(value: Fields): string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined);
}

function size(keyword: string, bound: string, fits: (count: number, operand: number) => boolean): KeywordMaker {
  return (operand) => {
    if (typeof operand !== 'number') return undefined;
    const check = (value: unknown) => !isRecord(value) || fits(namesOf(value).length, operand);
    return assertion(keyword, check, () => `expected at ${bound} ${operand} fields`);
  };
}

const makeRequired: KeywordMaker = (operand) => {
  if (!Array.isArray(operand) || !operand.every((name) => typeof name === 'string')) return undefined;
  return {
    check: (value) => !isRecord(value) || operand.every((name) => has(value, name)),
    list: (value, path, findings) => {
      if (!isRecord(value)) return;
      for (const name of operand) {
        if (has(value, name)) continue;
        const message = `required field "${name}" is missing`;
        findings.push({ path: appendPointer(path, name), keyword: 'required', message });
      }
    },
  };
};

const makeProperties: KeywordMaker = (operand, _schema, context) => {
  if (!isRecord(operand)) return undefined;
  const fields = Object.entries(operand).map(([name, schema]) => ({ name, validator: context.compile(schema) }));
  return {
    check: (value) =>
      !isRecord(value) || fields.every(({ name, validator }) => !has(value, name) || validator.check(value[name])),
    list: (value, path, findings) => {
      if (!isRecord(value)) return;
      for (const { name, validator } of fields) {
        if (has(value, name)) validator.list(value[name], appendPointer(path, name), findings);
      }
    },
  };
};

/** The fields whose names are chosen, each held to a schema. */
function chosenFields(validator: Validator, isChosen: (name: string) => boolean): Validator {
  return {
    check: (value) =>
      !isRecord(value) || namesOf(value).every((name) => !isChosen(name) || validator.check(value[name])),
    list: (value, path, findings) => {
      if (!isRecord(value)) return;
      for (const name of namesOf(value)) {
        if (isChosen(name)) validator.list(value[name], appendPointer(path, name), findings);
      }
    },
  };
}

const makePatternProperties: KeywordMaker = (operand, _schema, context) => {
  if (!isRecord(operand)) return undefined;
  return conjunction(
    Object.entries(operand).map(([source, schema]) => {
      const pattern = new RegExp(source, 'u');
      return chosenFields(context.compile(schema), (name) => pattern.test(name));
    }),
  );
};

const makeAdditionalProperties: KeywordMaker = (operand, schema, context) => {
  const properties = isRecord(schema['properties']) ? Object.keys(schema['properties']) : [];
  const { patternProperties } = schema;
  const patterns = isRecord(patternProperties) ? Object.keys(patternProperties).map((key) => new RegExp(key, 'u')) : [];
  const known = new Set(properties);
  const isExtra = (name: string) => !known.has(name) && !patterns.some((pattern) => pattern.test(name));
  if (operand !== false) return chosenFields(context.compile(operand), isExtra);
  return refusedFields('additionalProperties', (value) => namesOf(value).filter(isExtra), properties);
};

/** Fields that must not be there. */
export function refusedFields(
  keyword: string,
  listRefused: (value: Fields) => readonly string[],
  known: readonly string[] = [],
): Validator {
  const hint = known.length > 0 && known.length <= 24 ? `; known fields: ${known.join(', ')}` : '';
  return {
    check: (value) => !isRecord(value) || listRefused(value).length === 0,
    list: (value, path, findings) => {
      if (!isRecord(value)) return;
      for (const name of listRefused(value)) {
        findings.push({ path: appendPointer(path, name), keyword, message: `unknown field "${name}"${hint}` });
      }
    },
  };
}

const makePropertyNames: KeywordMaker = (operand, _schema, context) => {
  const validator = context.compile(operand);
  return {
    check: (value) => !isRecord(value) || namesOf(value).every((name) => validator.check(name)),
    list: (value, path, findings) => {
      if (!isRecord(value)) return;
      for (const name of namesOf(value)) {
        if (validator.check(name)) continue;
        const message = 'the name of this field is not allowed';
        findings.push({ path: appendPointer(path, name), keyword: 'propertyNames', message });
      }
    },
  };
};

const makeDependentRequired: KeywordMaker = (operand, schema, context) => {
  if (!isRecord(operand)) return undefined;
  return conjunction(
    Object.entries(operand).flatMap(([name, names]) => {
      const required = makeRequired(names, schema, context);
      return required === undefined ? [] : [whenPresent(name, required)];
    }),
  );
};

const makeDependentSchemas: KeywordMaker = (operand, _schema, context: CompileContext) =>
  isRecord(operand)
    ? conjunction(Object.entries(operand).map(([name, part]) => whenPresent(name, context.compile(part))))
    : undefined;

function whenPresent(name: string, validator: Validator): Validator {
  const applies = (value: unknown) => isRecord(value) && has(value, name);
  return {
    check: (value) => !applies(value) || validator.check(value),
    list: (value, path, findings) => {
      if (applies(value)) validator.list(value, path, findings);
    },
  };
}

export const OBJECT_KEYWORDS = {
  required: makeRequired,
  properties: makeProperties,
  patternProperties: makePatternProperties,
  additionalProperties: makeAdditionalProperties,
  propertyNames: makePropertyNames,
  minProperties: size('minProperties', 'least', (count, operand) => count >= operand),
  maxProperties: size('maxProperties', 'most', (count, operand) => count <= operand),
  dependentRequired: makeDependentRequired,
  dependentSchemas: makeDependentSchemas,
} as const satisfies Record<string, KeywordMaker>;
