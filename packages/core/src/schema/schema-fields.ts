import { valueAt } from './json-pointer.ts';
import { isRecord, ownField } from './record.ts';

/** A top-level field of the objects that a schema describes. */
export interface SchemaField {
  readonly key: string;
  /** Whether every object that fits has the field. */
  readonly required: boolean;
  readonly description?: string;
}

/**
 * The fields that a schema names for its objects, in declared order: its own `properties` and those of `$ref` (within
 * the schema), `allOf`, `anyOf`, `oneOf`, `then` and `else`. A field of an alternative is required when every
 * alternative requires it. A required field without a property of its own is listed too. None for anything but an
 * object schema.
 */
export function listSchemaFields(schema: unknown): SchemaField[] {
  return [...collect(schema, schema, new Set()).values()];
}

type Fields = Map<string, SchemaField>;

function collect(schema: unknown, root: unknown, visited: ReadonlySet<unknown>): Fields {
  if (!isRecord(schema) || visited.has(schema)) return new Map();
  const path = new Set([...visited, schema]);
  const inside = (part: unknown) => collect(part, root, path);
  const fields: Fields = new Map();
  for (const [key, property] of Object.entries(recordAt(schema, 'properties'))) {
    fields.set(key, { key, required: false, ...describedBy(property, root) });
  }
  const reference = ownField(schema, '$ref');
  if (typeof reference === 'string' && reference.startsWith('#')) merge(fields, inside(resolve(root, reference)));
  for (const part of listAt(schema, 'allOf')) merge(fields, inside(part));
  for (const keyword of ['anyOf', 'oneOf']) merge(fields, joinAlternatives(listAt(schema, keyword).map(inside)));
  for (const keyword of ['then', 'else']) merge(fields, optional(inside(ownField(schema, keyword))));
  for (const key of listAt(schema, 'required')) {
    if (typeof key === 'string') merge(fields, new Map([[key, { key, required: true }]]));
  }
  return fields;
}

/** Adds fields; one that is known already keeps its place and description and is required if either says so. */
function merge(into: Fields, more: Fields): void {
  for (const [key, field] of more) {
    const known = into.get(key);
    into.set(key, known === undefined ? field : { ...field, ...known, required: known.required || field.required });
  }
}

function joinAlternatives(alternatives: readonly Fields[]): Fields {
  const joined: Fields = new Map();
  for (const alternative of alternatives) merge(joined, optional(alternative));
  for (const [key, field] of joined) {
    if (alternatives.every((alternative) => alternative.get(key)?.required))
      joined.set(key, { ...field, required: true });
  }
  return joined;
}

function optional(fields: Fields): Fields {
  return new Map([...fields].map(([key, field]) => [key, { ...field, required: false }]));
}

function describedBy(property: unknown, root: unknown): { description?: string } {
  const reference = ownField(property, '$ref');
  const target = typeof reference === 'string' && reference.startsWith('#') ? resolve(root, reference) : undefined;
  const description = ownField(property, 'description') ?? ownField(target, 'description');
  return typeof description === 'string' ? { description } : {};
}

/** What a reference within the schema leads to: a pointer in a URI fragment. */
function resolve(root: unknown, reference: string): unknown {
  try {
    return valueAt(root, decodeURIComponent(reference.slice(1)));
  } catch {
    return undefined;
  }
}

function recordAt(schema: unknown, keyword: string): Readonly<Record<string, unknown>> {
  const value = ownField(schema, keyword);
  return isRecord(value) ? value : {};
}

function listAt(schema: unknown, keyword: string): readonly unknown[] {
  const value = ownField(schema, keyword);
  return Array.isArray(value) ? value : [];
}
