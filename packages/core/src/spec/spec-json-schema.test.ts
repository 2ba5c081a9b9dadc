import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import published from '../../integration-spec.schema.json' with { type: 'json' };
import { contractSpec } from '../__fixtures__/contract-spec.ts';
import { exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { valueAt } from '../schema/json-pointer.ts';
import { isRecord } from '../schema/record.ts';
import { schemaCheckerOf } from '../schema/schema-checker.ts';
import { listSchemaFaults } from '../schema/schema-faults.ts';
import { IntegrationSpecRegistry } from './integration-spec-registry.ts';
import { integrationSpecJsonSchema } from './spec-json-schema.ts';
import { SPEC_SCHEMA_DESCRIPTIONS } from './structure/spec-descriptions.ts';
import { validateIntegrationSpec } from './validate-integration-spec.ts';

const YAML_SPEC = `
# yaml-language-server: $schema=integration-spec.schema.json
meta:
  key: ai.example
  version: 1
  title: Example AI
  owners: ["@team"]
  tags: [ai]
  category: ai-llm
supportedModes: [byok]
capabilities:
  provides:
    - key: ai.chat
configSchema:
  schema: { type: object }
secretSchema:
  schema:
    type: object
    properties: { apiKey: { type: string } }
    required: [apiKey]
supportedAuthMethods:
  - type: api-key
x-reviewed: true
`;

/** Fields, items, values and tagged alternatives without a description; constants speak for themselves. */
function listUndescribed(schema: unknown, path = ''): string[] {
  if (!isRecord(schema)) return [];
  const { properties, items, additionalProperties, anyOf } = schema;
  const own = schema['description'] === undefined && schema['const'] === undefined ? [path] : [];
  const fields = isRecord(properties) ? Object.entries(properties) : [];
  return [
    ...own,
    ...fields.flatMap(([name, field]) => listUndescribed(field, `${path}/${name}`)),
    ...(items === undefined ? [] : listUndescribed(items, `${path}/[]`)),
    ...(isRecord(additionalProperties) ? listUndescribed(additionalProperties, `${path}/*`) : []),
    ...(Array.isArray(anyOf) ? anyOf.flatMap((part, index) => listUndescribedOptions(part, `${path}/${index}`)) : []),
  ];
}

/** An alternative that is no object is described with the others. */
function listUndescribedOptions(option: unknown, path: string): string[] {
  const found = listUndescribed(option, path);
  return isRecord(option) && option['properties'] === undefined ? found.filter((place) => place !== path) : found;
}

describe('integrationSpecJsonSchema', () => {
  it('is what the published file holds', () => {
    expect(published).toEqual(integrationSpecJsonSchema);
  });

  it('is a sound schema', () => {
    expect(listSchemaFaults(integrationSpecJsonSchema)).toEqual([]);
  });

  it('describes every field, and describes none that does not exist', () => {
    expect(listUndescribed(integrationSpecJsonSchema)).toEqual([]);
    const text = JSON.stringify(integrationSpecJsonSchema);
    for (const description of Object.values(SPEC_SCHEMA_DESCRIPTIONS)) {
      expect(text).toContain(JSON.stringify(description));
    }
  });

  it.each([
    ['/properties/healthCheck/properties/request/properties/expect/properties/status', /^HTTP status/],
    [
      '/properties/credentialManifest/properties/modes/properties/byok/properties/secretFields',
      /^Fields of the secret/,
    ],
    ['/properties/webhooks/items/properties/eventId/items/anyOf/0/properties/header', /^Name of the header/],
    [
      '/properties/webhooks/items/properties/handshakes/items/properties/keep/properties/secretField',
      /takes the value/,
    ],
    ['/properties/webhooks/items/properties/verification/anyOf/5/items/anyOf/1', /^A shared value/],
    ['/properties/transports/items/anyOf/0/properties/pagination/anyOf/1/properties/id', /within an item/],
  ])('describes shapes that stand in several places by where they stand: %s', (pointer, description) => {
    expect(valueAt(integrationSpecJsonSchema, `${pointer}/description`)).toMatch(description);
  });

  it('fits specs as authors write them, and what the check of specs accepts', () => {
    const checker = schemaCheckerOf(integrationSpecJsonSchema);
    for (const spec of [exampleSpec(), smallSpec(), contractSpec(), parse(YAML_SPEC)]) {
      expect(checker.listProblems(spec)).toEqual([]);
      expect(validateIntegrationSpec(spec).valid).toBe(true);
    }
    expect(checker.check({ ...smallSpec(), transports: [{ type: 'soap' }] })).toBe(false);
  });
});

describe('a spec in a file', () => {
  it('can be YAML', () => {
    const registry = new IntegrationSpecRegistry().register(parse(YAML_SPEC));
    expect(registry.get('ai.example')?.meta.description).toBe('Example AI');
  });

  it('can be JSON that names its schema', () => {
    const json = JSON.stringify({ $schema: './integration-spec.schema.json', ...smallSpec() });
    expect(validateIntegrationSpec(JSON.parse(json)).problems).toEqual([]);
  });

  it('is told what is wrong by pointer', () => {
    const broken = YAML_SPEC.replace('type: api-key', 'type: api_key').replace('[byok]', 'byok');
    expect(validateIntegrationSpec(parse(broken)).problems.map((problem) => problem.path)).toEqual([
      '/supportedModes',
      '/supportedAuthMethods/0/type',
    ]);
  });
});
