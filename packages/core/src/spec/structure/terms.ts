import type { JsonObject } from '../../call/json.ts';

/** Field schemas by name. */
export type Fields = Readonly<Record<string, JsonObject>>;

/** A closed object that still leaves room for extensions of the host's own under `x-…`. */
export function object(required: Fields, optional: Fields = {}): JsonObject {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    patternProperties: { '^x-': true },
    additionalProperties: false,
  };
}

/** Several fields of one schema. Names are separated by spaces, here and below. */
export const all = (names: string, schema: JsonObject): Fields =>
  Object.fromEntries(names.split(' ').map((field) => [field, schema]));
/** One of some texts. */
export const word = (texts: string): JsonObject => {
  const [first = '', ...rest] = texts.split(' ');
  return rest.length === 0 ? { const: first } : { enum: [first, ...rest] };
};
export const either = (...schemas: readonly JsonObject[]): JsonObject => ({ anyOf: schemas });
export const listOf = (items: JsonObject, more?: JsonObject): JsonObject => ({ type: 'array', items, ...more });
export const filledListOf = (items: JsonObject): JsonObject => listOf(items, { minItems: 1 });
/** One, or a list of some. */
export const someOf = (item: JsonObject): JsonObject => either(item, filledListOf(item));
export const mapOf = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values });
const VERSION_PATTERN =
  '^\\d+(\\.\\d+){0,2}(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$';
const matching = (pattern: string): JsonObject => ({ type: 'string', pattern });

/** Forms of single values. */
export const terms = () => ({
  text: { type: 'string' },
  name: { type: 'string', minLength: 1 },
  flag: { type: 'boolean' },
  amount: { type: 'number', minimum: 0 },
  period: { type: 'number', exclusiveMinimum: 0 },
  scalar: { type: ['string', 'number', 'boolean', 'null'] },
  status: { type: 'integer', minimum: 100, maximum: 599 },
  header: matching("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"),
  pointer: matching('^(/([^~]|~[01])*)?$'),
  host: matching('^(\\*\\.)?[A-Za-z0-9.-]+$'),
  variable: matching('^[A-Za-z_][A-Za-z0-9_]*$'),
  key: { ...matching('^[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9][A-Za-z0-9_-]*)*$'), maxLength: 200 },
  versionText: matching(VERSION_PATTERN),
  version: { type: ['string', 'integer'], pattern: VERSION_PATTERN, minimum: 0 },
  mode: { enum: ['managed', 'byok'] },
  signing: word('hmac-sha256 hmac-sha1 ed25519'),
  day: matching('^\\d{4}-\\d{2}-\\d{2}$'),
});
