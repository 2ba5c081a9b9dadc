import { UNSUPPORTED_KEYWORDS } from './compile-schema.ts';
import { isPattern } from './formats.ts';
import { appendPointer, valueAt } from './json-pointer.ts';
import { isRecord } from './record.ts';
import type { SchemaProblem } from './validation.ts';

/** Keywords that hold one schema, a list of them, or named ones. */
const SINGLE = [
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/**
 * Faults that would make a schema accept or refuse something other than its author meant: a misspelt type, a pattern
 * that is no regular expression, a reference that leads nowhere. Not a full check against the meta-schema.
 */
export function listSchemaFaults(schema: unknown): SchemaProblem[] {
  const faults: SchemaProblem[] = [];
  visit(schema, '', { root: schema, faults, visited: new Set() });
  return faults;
}

interface Visit {
  readonly root: unknown;
  readonly faults: SchemaProblem[];
  readonly visited: Set<object>;
}

function visit(schema: unknown, path: string, state: Visit): void {
  if (typeof schema === 'boolean') return;
  if (!isRecord(schema)) {
    state.faults.push({ path, keyword: 'schema', message: 'expected a JSON Schema: an object or a boolean' });
    return;
  }
  if (state.visited.has(schema)) return;
  state.visited.add(schema);
  checkKeywords(schema, path, state);
  for (const keyword of SINGLE) {
    // Before 2020-12 a list of schemas was allowed here, and it is still understood.
    if (keyword in schema && !Array.isArray(schema[keyword]))
      visit(schema[keyword], appendPointer(path, keyword), state);
  }
  for (const keyword of LISTS) {
    if (keyword in schema) visitParts(schema[keyword], appendPointer(path, keyword), state, Array.isArray);
  }
  for (const keyword of MAPS) {
    if (keyword in schema) visitParts(schema[keyword], appendPointer(path, keyword), state, isRecord);
  }
}

function visitParts(parts: unknown, path: string, state: Visit, isRight: (parts: unknown) => boolean): void {
  if (typeof parts !== 'object' || parts === null || !isRight(parts)) {
    state.faults.push({ path, keyword: 'schema', message: 'expected JSON Schemas here, a list or named ones' });
    return;
  }
  for (const [name, part] of Object.entries(parts)) visit(part, appendPointer(path, name), state);
}

function checkKeywords(schema: Readonly<Record<string, unknown>>, path: string, { root, faults }: Visit): void {
  const report = (keyword: string, message: string) => {
    faults.push({ path: appendPointer(path, keyword), keyword: 'schema', message });
  };
  const { type, required, pattern, $ref: reference, enum: options } = schema;
  // A TypeBox schema may describe what JSON Schema has no word for, such as a date.
  const isTypeBox = '~kind' in schema;
  if (type !== undefined && !isTypeBox && ![type].flat().every((name) => typeof name === 'string' && TYPES.has(name))) {
    report('type', `expected ${[...TYPES].join(', ')} or a list of these`);
  }
  for (const keyword of UNSUPPORTED_KEYWORDS) {
    if (keyword in schema) report(keyword, 'is not supported here');
  }
  if (required !== undefined && !(Array.isArray(required) && required.every((name) => typeof name === 'string'))) {
    report('required', 'expected a list of field names');
  }
  if (options !== undefined && !Array.isArray(options)) report('enum', 'expected a list of values');
  if (typeof pattern === 'string' && !isPattern(pattern)) report('pattern', 'expected a regular expression');
  if (
    typeof reference === 'string' &&
    reference.startsWith('#/') &&
    valueAt(root, pointerOf(reference)) === undefined
  ) {
    report('$ref', 'leads nowhere in this schema');
  }
}

function pointerOf(reference: string): string {
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return reference.slice(1);
  }
}
