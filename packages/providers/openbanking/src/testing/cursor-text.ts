import { IntegrationError } from '@mortise/core';
import { type InferSchema, validateAgainstSchema } from '@mortise/core/schema';

/** A cursor as opaque text. */
export function writeCursor(position: object): string {
  return btoa(JSON.stringify(position)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The position that a cursor stands for.
 *
 * @throws {IntegrationError} `invalid_request`: the text was not written for this list.
 */
export function readCursor<const Schema>(
  schema: Schema,
  cursor: string,
  isOfThisList: (position: InferSchema<Schema>) => boolean,
): InferSchema<Schema> {
  const result = validateAgainstSchema(schema, decode(cursor));
  if (result.valid && isOfThisList(result.value)) return result.value;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'cursor',
    message: 'cursor: expected one that this very list handed out; start again without',
  });
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
}
