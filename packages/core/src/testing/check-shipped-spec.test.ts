import { describe, expect, it } from 'vitest';
import { changed } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from '../spec/define-integration.ts';
import type { IntegrationSpec } from '../spec/integration-spec.ts';
import { validateIntegrationSpec } from '../spec/validate-integration-spec.ts';
import { deepFreeze } from '../spec/deep-freeze.ts';
import { checkShippedSpec, type ShippedSpecCheck } from './check-shipped-spec.ts';

const REVIEWED_ON = '2026-11-25';

const shipped: IntegrationSpec = defineIntegration({
  meta: { key: 'ai-llm.example', version: '1.0.0', owners: ['@team'], tags: [], category: 'ai-llm' },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.chat' }] },
  configSchema: {
    schema: {
      type: 'object',
      properties: { model: { type: 'string', description: 'Model' } },
      additionalProperties: false,
    },
    example: { model: 'small' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      properties: { apiKey: { type: 'string', description: 'Key' } },
      required: ['apiKey'],
      additionalProperties: false,
    },
    example: { apiKey: 'key_xxxxxxxx' },
  },
  docsUrl: 'https://docs.example.com',
  transports: [{ type: 'rest', baseUrl: 'https://api.example.com' }],
  supportedAuthMethods: [{ type: 'bearer', tokenField: 'apiKey' }],
  byokSetup: {
    setupInstructions: 'Make a key at https://console.example.com',
    provisioningSteps: ['Sign in', 'Make a key', 'Paste it'],
  },
  credentialManifest: {
    modes: {
      managed: { mode: 'managed', secretFields: [{ key: 'apiKey', required: true, envVar: 'EXAMPLE_KEY' }] },
      byok: { mode: 'byok', secretFields: [{ key: 'apiKey', required: true }] },
    },
  },
  sources: [{ url: 'https://docs.example.com', checkedOn: '2026-11-01', facts: 'everything' }],
});

/** Checks that still pass or fail once one part of a good spec is another. */
function failedAfter(path: string, value: unknown, isFrozen = true): Set<ShippedSpecCheck> {
  const copy = changed(shipped, path, value);
  const { valid, problems } = validateIntegrationSpec(isFrozen ? deepFreeze(copy) : copy);
  expect({ valid, problems }).toEqual({ valid: true, problems: [] });
  const result = validateIntegrationSpec(copy);
  return new Set(
    result.valid ? checkShippedSpec(result.value, { reviewedOn: REVIEWED_ON }).map(({ check }) => check) : [],
  );
}

describe('checkShippedSpec', () => {
  it('has nothing to say about a spec that is ready', () => {
    expect(checkShippedSpec(shipped, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it.each<[ShippedSpecCheck, string, string, unknown]>([
    ['fields', 'a field without description', '/configSchema/schema/properties/model/description', undefined],
    ['fields', 'a blank description', '/secretSchema/schema/properties/apiKey/description', ' '],
    ['fields', 'a field without type', '/configSchema/schema/properties/model/type', undefined],
    ['fields', 'a schema that takes any field', '/secretSchema/schema/additionalProperties', undefined],
    ['examples', 'a missing example', '/configSchema/example', undefined],
    ['auth', 'no auth method', '/supportedAuthMethods', undefined],
    ['auth', 'a mode that declares no secret', '/credentialManifest/modes/byok/secretFields', []],
    [
      'tenant-key',
      'a variable of the host for the tenant’s key',
      '/credentialManifest/modes/byok/secretFields/0/envVar',
      'KEY',
    ],
    [
      'tenant-key',
      'an alias for the tenant’s key',
      '/credentialManifest/modes/byok/envAliases',
      [{ logicalKey: 'apiKey', envVar: 'KEY' }],
    ],
    ['byok-setup', 'instructions without an address', '/byokSetup/setupInstructions', 'Ask somebody'],
    ['byok-setup', 'too few steps', '/byokSetup/provisioningSteps', ['Make a key']],
    ['https', 'no documentation', '/docsUrl', undefined],
    ['https', 'no transport', '/transports', undefined],
    ['https', 'an endpoint without TLS', '/transports/0/baseUrl', 'http://127.0.0.1:8080'],
    ['sources', 'no source', '/sources', undefined],
    ['sources', 'a source without facts', '/sources/0/facts', ' '],
    ['sources', 'a source that is a year old', '/sources/0/checkedOn', '2025-11-25'],
    ['sources', 'a source from after the review', '/sources/0/checkedOn', '2026-11-26'],
  ])('finds %s: %s', (check, _name, path, value) => {
    expect(failedAfter(path, value)).toEqual(new Set([check]));
  });

  it('finds a spec that can be changed', () => {
    expect(failedAfter('/meta/title', 'Another', false)).toEqual(new Set(['frozen']));
  });

  it('finds a spec that does not hold together, and an example that does not fit', () => {
    const broken = deepFreeze({ ...shipped, configSchema: { ...shipped.configSchema, example: { model: 7 } } });
    const checks = checkShippedSpec(broken, { reviewedOn: REVIEWED_ON }).map(({ check }) => check);
    expect(new Set(checks)).toEqual(new Set(['valid', 'examples']));
  });
});
