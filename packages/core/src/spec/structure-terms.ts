import type { JsonObject, JsonValue } from '../call/json.ts';

/** Field schemas under their names; a name that ends in `!` is required. */
type Fields = Readonly<Record<string, JsonObject>>;

/** A closed object that still leaves room for extensions of the host's own under `x-…`. */
export function object(fields: Fields): JsonObject {
  const required = Object.keys(fields).filter((name) => name.endsWith('!'));
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name.replace('!', ''), field])),
    ...(required.length === 0 ? {} : { required: required.map((name) => name.slice(0, -1)) }),
    patternProperties: { '^x-': true },
    additionalProperties: false,
  };
}

export const text = (more: JsonObject = {}): JsonObject => ({ type: 'string', ...more });
export const name = (more: JsonObject = {}): JsonObject => text({ minLength: 1, ...more });
export const url = (): JsonObject => name();
export const flag = (): JsonObject => ({ type: 'boolean' });
export const amount = (): JsonObject => ({ type: 'number', minimum: 0 });
export const period = (): JsonObject => ({ type: 'number', exclusiveMinimum: 0 });
export const oneOf = (values: readonly JsonValue[]): JsonObject => ({ enum: values });
export const anyOf = (...schemas: readonly JsonObject[]): JsonObject => ({ anyOf: schemas });
export const listOf = (items: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'array', items, ...more });
/** One, or a list of some. */
export const someOf = (item: JsonObject): JsonObject => anyOf(item, listOf(item, { minItems: 1 }));
export const mapOf = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values });
/** JSON Pointer (RFC 6901). */
export const pointer = (): JsonObject => text({ pattern: '^(/([^~]|~[01])*)?$' });
/** Several fields of one schema. */
export const fields = (names: readonly string[], schema: () => JsonObject): Fields =>
  Object.fromEntries(names.map((field) => [field, schema()]));
