import type { JsonObject, JsonValue } from '../call/json.ts';
import { closedSchema } from './closed-schema.ts';

/** Titles that are names of types rather than labels for people. */
const TYPE_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;

/**
 * Collects schemas under names, each once, and gives references to them. Schemas of one title and different content
 * are told apart by the name that the caller falls back to.
 */
export class SchemaComponents {
  readonly #schemas = new Map<string, JsonObject>();
  readonly #texts = new Map<string, string>();

  /** What was collected, sorted by name. */
  toJSON(): Record<string, JsonObject> {
    return Object.fromEntries([...this.#schemas].sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  /** Adds a schema, its objects closed, and the named object schemas within it. */
  add(schema: unknown, fallbackName: string): JsonObject {
    return this.#add(toJsonObject(closedSchema(schema)), fallbackName);
  }

  #add(schema: JsonObject, fallbackName: string): JsonObject {
    const text = JSON.stringify(schema);
    const title =
      typeof schema['title'] === 'string' && TYPE_NAME.test(schema['title']) ? schema['title'] : fallbackName;
    const name =
      [title, fallbackName].find((candidate) => (this.#texts.get(candidate) ?? text) === text) ?? fallbackName;
    if (!this.#schemas.has(name)) {
      this.#texts.set(name, text);
      // References lead from the root of a schema, so parts of one that has any stay where they are.
      const hasReferences = text.includes('"$ref"') || text.includes('"$dynamicRef"');
      this.#schemas.set(name, hasReferences ? relocate(schema, name) : this.#hoistParts(schema, name));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  #hoistParts(schema: JsonObject, name: string): JsonObject {
    return mapObject(schema, (value, path) => this.#hoist(value, `${name}.${path}`));
  }

  #hoist(value: JsonValue, fallbackName: string): JsonValue {
    if (isArray(value)) return value.map((item, index) => this.#hoist(item, `${fallbackName}.${index}`));
    if (!isObject(value)) return value;
    const { title, type } = value;
    if (type === 'object' && typeof title === 'string' && TYPE_NAME.test(title)) return this.#add(value, fallbackName);
    return this.#hoistParts(value, fallbackName);
  }
}

/** References from the root of a schema, led to where the schema now stands. */
function relocate(schema: JsonObject, name: string): JsonObject {
  return mapObject(schema, (value, keyword) => {
    if (keyword === '$ref' && typeof value === 'string' && (value === '#' || value.startsWith('#/'))) {
      return `#/components/schemas/${name}${value.slice(1)}`;
    }
    return relocateValue(value, name);
  });
}

function relocateValue(value: JsonValue, name: string): JsonValue {
  if (isArray(value)) return value.map((item) => relocateValue(item, name));
  return isObject(value) ? relocate(value, name) : value;
}

/** A schema as JSON; `true` and `false` as the objects that mean the same. */
export function toJsonObject(schema: unknown): JsonObject {
  if (schema === true) return {};
  const plain: unknown = JSON.parse(JSON.stringify(schema));
  return isJsonObject(plain) ? plain : { not: {} };
}

function mapObject(object: JsonObject, map: (value: JsonValue, key: string) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `JSON.parse` gives for text in braces. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
