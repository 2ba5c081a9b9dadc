import { isRecord } from '../schema/record.ts';

const SINGLE = ['items', 'contains', 'additionalProperties', 'not', 'if', 'then', 'else', 'propertyNames'];
const LISTS = ['anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions'];
const COMPOSED = ['allOf', '$ref', 'if', 'anyOf', 'oneOf', 'dependentSchemas'];

type PlainSchema = Readonly<Record<string, unknown>>;

const closed = new WeakMap<object, PlainSchema | boolean>();

/**
 * The schema as plain JSON with its objects closed: fields beside the named ones are refused, unless the schema says
 * what they may be. Objects made of several parts are closed as a whole.
 */
export function closedSchema(schema: unknown): PlainSchema | boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isRecord(schema)) return false;
  const known = closed.get(schema);
  if (known !== undefined) return known;
  const plain: unknown = JSON.parse(JSON.stringify(schema));
  const result = isRecord(plain) ? close(plain, false) : false;
  closed.set(schema, result);
  return result;
}

/** @param isPart Whether the schema describes a part of an object only, so that other parts may have other fields. */
function close(schema: unknown, isPart: boolean): PlainSchema {
  if (!isRecord(schema)) return Object.freeze({});
  const result: Record<string, unknown> = { ...schema };
  const isComposed = COMPOSED.some((keyword) => keyword in schema);
  // Alternatives are each a whole object, unless the schema around them names fields of its own.
  const areParts = isPart || (isComposed && 'properties' in schema);
  const visit = (part: unknown, asPart: boolean) => (isRecord(part) ? close(part, asPart) : part);
  for (const keyword of SINGLE) {
    if (keyword in schema) result[keyword] = visit(schema[keyword], ['not', 'if', 'then', 'else'].includes(keyword));
  }
  for (const keyword of LISTS) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) result[keyword] = parts.map((part) => visit(part, keyword !== 'prefixItems' && areParts));
  }
  if (Array.isArray(schema['allOf'])) result['allOf'] = schema['allOf'].map((part) => visit(part, true));
  for (const keyword of MAPS) {
    const parts = schema[keyword];
    if (isRecord(parts)) {
      // A definition may be used as a part of an object, which cannot be told here.
      const asPart = keyword === '$defs' || keyword === 'definitions';
      const visitDefinition = (part: unknown) => visit(asPart ? openIfOpen(part) : part, asPart);
      result[keyword] = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, visitDefinition(part)]));
    }
  }
  const saysWhatElse = 'additionalProperties' in schema || 'unevaluatedProperties' in schema;
  if (!isPart && !saysWhatElse) {
    if (isComposed && ['allOf', '$ref', 'properties'].some((keyword) => keyword in schema))
      result['unevaluatedProperties'] = false;
    else if (!isComposed && 'properties' in schema) result['additionalProperties'] = false;
  }
  return result;
}

/** Says outright that an object without named fields takes any, since the place that refers to it is closed. */
function openIfOpen(definition: unknown): unknown {
  if (!isRecord(definition) || definition['type'] !== 'object') return definition;
  const saysMore = ['properties', 'patternProperties', 'unevaluatedProperties', ...COMPOSED];
  return saysMore.some((keyword) => keyword in definition) ? definition : { additionalProperties: true, ...definition };
}
