import type { ErrorContext } from 'typebox/schema';
import { valueAt } from './json-pointer.ts';
import { isRecord } from './record.ts';

/** A finding of the schema checker. Its parameters come from the schema, except for names of fields. */
export type SchemaFinding = ReturnType<ErrorContext['GetErrors']>[number];

/** What was expected, what kind of thing came. Says nothing of the value beyond its kind. */
export function describeFinding(finding: SchemaFinding, root: unknown): string {
  switch (finding.keyword) {
    case 'type':
      return `expected ${listOf([finding.params.type].flat())}, got ${kindOf(valueAt(root, finding.instancePath))}`;
    case 'const':
      return `expected ${JSON.stringify(finding.params.allowedValue)}`;
    case 'enum':
      return `expected one of ${finding.params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'format':
      return `expected text in the format "${finding.params.format}"`;
    case 'pattern':
      return `expected text that matches ${String(finding.params.pattern)}`;
    case 'minLength':
      return `expected at least ${finding.params.limit} characters`;
    case 'maxLength':
      return `expected at most ${finding.params.limit} characters`;
    case 'minItems':
      return `expected at least ${finding.params.limit} items`;
    case 'maxItems':
      return `expected at most ${finding.params.limit} items`;
    case 'minProperties':
      return `expected at least ${finding.params.limit} fields`;
    case 'maxProperties':
      return `expected at most ${finding.params.limit} fields`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `expected a number ${finding.params.comparison} ${finding.params.limit}`;
    case 'multipleOf':
      return `expected a multiple of ${finding.params.multipleOf}`;
    case 'uniqueItems':
      return `items must differ; repeated at index ${finding.params.duplicateItems.join(', ')}`;
    case 'dependentRequired':
    case 'dependencies':
      return `with "${finding.params.property}" these are required too: ${finding.params.dependencies.join(', ')}`;
    case 'oneOf':
      return finding.params.passingSchemas.length > 1
        ? 'fits more than one of the alternatives, expected exactly one'
        : 'fits none of the alternatives';
    case 'anyOf':
      return 'fits none of the alternatives';
    case 'boolean':
      return 'nothing is allowed here';
    default:
      // A rule written as a function composes its own text and may quote the value: the keyword must do.
      return `does not fulfil the schema's rule "${finding.keyword}"`;
  }
}

/** Kind of a value in the words of JSON Schema. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'undefined') return 'nothing';
  if (typeof value === 'object' && !isRecord(value)) return 'object';
  return typeof value;
}

function listOf(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? 'nothing');
}
