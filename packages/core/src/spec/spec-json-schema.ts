import { DEFAULT_CAPABILITY_VERSION } from '../capability.ts';
import type { JsonObject, JsonValue } from '../call/json.ts';
import { isRecord, ownField } from '../schema/record.ts';
import { SPEC_SCHEMA_DESCRIPTIONS } from './structure/spec-descriptions.ts';
import { specStructure } from './spec-structure.ts';

/** What an editor should know beyond form and description, by the same paths. */
const REMARKS: Readonly<Record<string, JsonObject>> = {
  '': { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Integration spec' },
  'meta/stability': { default: 'stable' },
  'capabilities/provides/[]/version': { default: DEFAULT_CAPABILITY_VERSION },
  'meta/category': {
    examples: [
      'payments',
      'email',
      'calendar',
      'sms',
      'messaging',
      'health',
      'ai-llm',
      'ai-voice-tts',
      'ai-voice-stt',
      'ai-voice-conversational',
      'ai-image',
      'analytics',
      'vector-db',
      'storage',
      'accounting',
      'crm',
      'helpdesk',
      'project-management',
      'open-banking',
      'meeting-recorder',
      'database',
      'custom',
    ],
  },
};

/**
 * JSON Schema (draft 2020-12) of an integration spec as an author writes it, in TypeScript, JSON or YAML, with a
 * description of each field. Published as `@mortise/core/integration-spec.schema.json` for completion in editors.
 * `validateIntegrationSpec` checks the same form and what no schema can say.
 */
export const integrationSpecJsonSchema: JsonObject = describe(specStructure(), '');

function describe(schema: JsonObject, path: string): JsonObject {
  const description = descriptionOf(path);
  return {
    ...REMARKS[path],
    ...(description === undefined ? {} : { description }),
    ...describeParts(schema, path),
  };
}

function describeParts(schema: JsonObject, path: string): JsonObject {
  const { properties, items, additionalProperties, anyOf } = schema;
  return {
    ...schema,
    ...(isObject(properties) ? { properties: mapFields(properties, (name) => step(path, name)) } : {}),
    ...(isObject(items) ? { items: describe(items, step(path, '[]')) } : {}),
    ...(isObject(additionalProperties)
      ? { additionalProperties: describe(additionalProperties, step(path, '*')) }
      : {}),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.filter(isObject).map((part) => describeOption(part, path)) } : {}),
  };
}

/** An alternative that is an object goes by a tag; what is said of any other is said of all of them together. */
function describeOption(option: JsonObject, path: string): JsonObject {
  const { properties } = option;
  if (!isObject(properties)) return describeParts(option, path);
  const [first = ''] = Object.keys(properties);
  const tags = Object.values(properties).map((field) => ownField(field, 'const'));
  return describe(option, step(path, tags.find((tag) => typeof tag === 'string') ?? first));
}

/** The description of a path or, where it has none of its own, of the longest end of it that has one. */
function descriptionOf(path: string): string | undefined {
  for (let end = path; ; end = end.slice(end.indexOf('/') + 1)) {
    const description = SPEC_SCHEMA_DESCRIPTIONS[end];
    if (description !== undefined || !end.includes('/')) return description;
  }
}

function mapFields(fields: JsonObject, pathOf: (name: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isObject(field) ? describe(field, pathOf(name)) : field]),
  );
}

function step(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return isRecord(value);
}
