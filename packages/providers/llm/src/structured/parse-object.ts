import type { IntegrationWarning } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import type { LLMChatOptions } from '../model/chat-options.ts';
import { isStandardSchema } from './json-schema-of.ts';
import type { StandardSchemaLike } from './standard-schema.ts';

/** The parsed answer, or why there is none. */
export type ParsedObject = { readonly object: unknown } | { readonly warning: IntegrationWarning };

/**
 * Parses the text of an answer for which a schema was asked. An answer that is no JSON or does not fit is a warning
 * rather than an error: it was paid for, and its text is still there. Undefined where no schema was asked for.
 */
export async function parseObject(
  text: string,
  format: LLMChatOptions['responseFormat'],
): Promise<ParsedObject | undefined> {
  if (typeof format !== 'object') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return mismatch('is not JSON');
  }
  if (isStandardSchema(format.schema)) return validateStandard(format.schema, value);
  const result = validateAgainstSchema<unknown>(format.schema, value);
  if (result.valid) return { object: value };
  return mismatch(result.problems.map((problem) => `${problem.path || '/'}: ${problem.message}`).join('; '));
}

async function validateStandard(schema: StandardSchemaLike, value: unknown): Promise<ParsedObject> {
  const result = await schema['~standard'].validate(value);
  if (result.issues === undefined) return { object: result.value };
  return mismatch(result.issues.map((issue) => `/${(issue.path ?? []).map(keyText).join('/')}`).join('; '));
}

function keyText(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment);
}

function mismatch(what: string): { readonly warning: IntegrationWarning } {
  return {
    warning: { type: 'other', field: 'responseFormat', message: `The answer does not fit the schema: ${what}` },
  };
}
