import { IntegrationError, type JsonObject } from '@mortise/core';
import type { StandardSchemaLike } from './standard-schema.ts';

/** Whether a value is a schema object of some library rather than JSON Schema. */
export function isStandardSchema(schema: unknown): schema is StandardSchemaLike {
  return (
    // ArkType's schemas are functions.
    (typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema
  );
}

/**
 * The JSON Schema to send for a schema given by the caller.
 *
 * @param field Names the input in the error, such as `responseFormat.schema`.
 * @throws {IntegrationError} `invalid_request` for a value that is no schema; `unsupported` for a schema object whose
 * library cannot give JSON Schema.
 */
export function jsonSchemaOf(schema: unknown, field: string): JsonObject {
  if (isStandardSchema(schema)) {
    const { jsonSchema, vendor } = schema['~standard'];
    if (jsonSchema === undefined) {
      throw new IntegrationError({
        code: 'unsupported',
        field,
        message: `${field}: expected a schema that can give JSON Schema, got one of "${vendor}" that cannot; pass JSON Schema`,
      });
    }
    return plainJson(jsonSchema.input({ target: 'draft-2020-12' }));
  }
  if (typeof schema === 'object' && schema !== null && !Array.isArray(schema)) return plainJson(schema);
  throw new IntegrationError({
    code: 'invalid_request',
    field,
    message: `${field}: expected a JSON Schema object or a Standard Schema, got ${Array.isArray(schema) ? 'an array' : typeof schema}`,
  });
}

/** What of a value survives JSON: schema libraries keep symbols and hidden keys in their objects. */
function plainJson(value: object): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(value));
  return copy;
}
