import type { InferSchema } from './infer-schema.ts';
import { schemaCheckerOf } from './schema-checker.ts';
import type { ValidationResult } from './validation.ts';

/**
 * Checks a value against a schema (TypeBox or JSON Schema, draft 2020-12). Lists every problem at once, each with a
 * JSON pointer; no message contains a value. Cheap to call again with the same schema object.
 */
export function validateAgainstSchema<const Schema>(
  schema: Schema,
  value: unknown,
): ValidationResult<InferSchema<Schema>> {
  return fits(schema, value)
    ? { valid: true, value, problems: [] }
    : { valid: false, problems: schemaCheckerOf(schema).listProblems(value) };
}

function fits<Schema>(schema: Schema, value: unknown): value is InferSchema<Schema> {
  return schemaCheckerOf(schema).check(value);
}
