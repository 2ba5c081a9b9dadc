import { type ByokKeyMetadata, isByokValidationStale } from '@mortise/contracts-integrations/integrations/byok';
import {
  buildLegacyCredentialManifest,
  getIntegrationCredentialManifest,
  getIntegrationCredentialRequirements,
  integrationHasCredentialCoverage,
} from '@mortise/contracts-integrations/integrations/credentials';
import {
  type IntegrationCategory,
  type IntegrationSpec,
  IntegrationSpecRegistry,
  makeIntegrationSpecKey,
} from '@mortise/contracts-integrations/integrations/spec';
import {
  findTransportConfig,
  type IntegrationTransportConfig,
  supportsTransport,
} from '@mortise/contracts-integrations/integrations/transport';
import {
  getActiveVersions,
  getVersionInfo,
  type IntegrationVersionPolicy,
  isVersionDeprecated,
  resolveApiVersion,
} from '@mortise/contracts-integrations/integrations/versioning';
import { describe, expect, it } from 'vitest';

const spec: IntegrationSpec = {
  meta: {
    key: 'crm.example',
    version: '1.0.0',
    title: 'Example',
    description: 'An example',
    category: 'crm',
    stability: 'beta',
    owners: ['@platform.integrations'],
    tags: [],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'crm.contacts', version: '1.0.0' }] },
  configSchema: {
    schema: { type: 'object', properties: { region: { type: 'string', description: 'Region' } }, required: ['region'] },
  },
  secretSchema: {
    schema: { type: 'object', properties: { apiKey: { type: 'string', description: 'Key' } }, required: ['apiKey'] },
  },
  byokSetup: { setupInstructions: 'Make a key', keyRotationSupported: true },
};

const categories: IntegrationCategory[] = [
  'payments',
  'email',
  'calendar',
  'sms',
  'ai-llm',
  'ai-voice-tts',
  'vector-db',
  'storage',
  'open-banking',
];

describe('spec', () => {
  it('is registered as it is and found with and without its version', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registry.register(spec)).toBe(registry);
    expect(registry.get('crm.example', '1.0.0')).toBe(spec);
    expect(registry.get('crm.example')).toBe(spec);
    expect(makeIntegrationSpecKey(spec.meta)).toBe('crm.example.v1.0.0');
  });

  it('is registered once', () => {
    const registry = new IntegrationSpecRegistry([spec]);
    expect(() => registry.register(spec)).toThrow(/Duplicate contract.*integration/s);
  });

  it.each(categories)('is found by its category %s', (category) => {
    const one = { ...spec, meta: { ...spec.meta, key: `${category}.one`, category } };
    const registry = new IntegrationSpecRegistry([spec, one]);
    expect(registry.getByCategory(category).map(({ meta }) => meta.key)).toEqual([`${category}.one`]);
  });
});

describe('credentials', () => {
  it('derive a manifest from the schemas', () => {
    expect(buildLegacyCredentialManifest(spec).modes?.byok).toMatchObject({
      mode: 'byok',
      configFields: [{ key: 'region', required: true, description: 'Region' }],
      secretFields: [{ key: 'apiKey', required: true, description: 'Key' }],
      validationStrategy: 'byok-lifecycle',
      rotation: { supported: true },
      setupSteps: ['Make a key'],
    });
    expect(integrationHasCredentialCoverage(spec)).toBe(true);
  });

  it('take an explicit manifest as a whole', () => {
    const own = { ...spec, credentialManifest: { modes: { managed: { mode: 'managed' as const } } } };
    expect(getIntegrationCredentialManifest(own)).toBe(own.credentialManifest);
    expect(getIntegrationCredentialRequirements(own, 'managed')).toEqual({ mode: 'managed' });
    expect(getIntegrationCredentialRequirements(own, 'byok')).toBeUndefined();
  });
});

describe('byok', () => {
  const validatedBefore = (hours: number): ByokKeyMetadata => ({
    createdAt: '2026-01-01T00:00:00.000Z',
    validationStatus: 'valid',
    lastValidatedAt: new Date(Date.now() - hours * 3_600_000).toISOString(),
  });

  it.each<[string, ByokKeyMetadata, number | undefined, boolean]>([
    ['never', { createdAt: '2026-01-01T00:00:00.000Z', validationStatus: 'unknown' }, undefined, true],
    ['48 hours ago', validatedBefore(48), undefined, true],
    ['1 hour ago', validatedBefore(1), undefined, false],
    ['2 hours ago, within 3 hours', validatedBefore(2), 3 * 3_600_000, false],
    ['2 hours ago, past 1 hour', validatedBefore(2), 3_600_000, true],
  ])('a key that was validated %s', (_name, metadata, maxAgeMs, isStale) => {
    expect(isByokValidationStale(metadata, maxAgeMs)).toBe(isStale);
  });
});

describe('transport', () => {
  const transports: IntegrationTransportConfig[] = [
    { type: 'rest', baseUrl: 'https://api.example.com' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.example.com' },
    { type: 'webhook', inbound: { signatureHeader: 'x-signature', signingAlgorithm: 'hmac-sha256' } },
    { type: 'sdk', packageName: 'example-sdk', minVersion: '1.0.0' },
  ];

  it('is found by its type, with its fields', () => {
    expect(findTransportConfig(transports, 'rest')?.baseUrl).toBe('https://api.example.com');
    expect(findTransportConfig(transports, 'mcp')?.transport).toBe('http');
    expect(findTransportConfig(transports, 'webhook')?.inbound?.signatureHeader).toBe('x-signature');
    expect(findTransportConfig(transports, 'sdk')?.packageName).toBe('example-sdk');
    expect(findTransportConfig([], 'rest')).toBeUndefined();
  });

  it('is supported where it is listed', () => {
    expect(supportsTransport(transports, 'mcp')).toBe(true);
    expect(supportsTransport(transports.slice(0, 1), 'mcp')).toBe(false);
    expect(supportsTransport([], 'rest')).toBe(false);
  });
});

describe('versioning', () => {
  const policy: IntegrationVersionPolicy = {
    currentVersion: '3',
    supportedVersions: [
      { version: '1', status: 'sunset' },
      { version: '2', status: 'deprecated' },
      { version: '3', status: 'stable' },
      { version: '4', status: 'beta' },
    ],
  };

  it('takes the override before the default, and knows no version without a policy', () => {
    expect(resolveApiVersion(policy)).toBe('3');
    expect(resolveApiVersion(policy, '2')).toBe('2');
    expect(resolveApiVersion(undefined, '2')).toBeUndefined();
  });

  it('knows the listed versions', () => {
    expect(getVersionInfo(policy, '3')).toEqual({ version: '3', status: 'stable' });
    expect(getVersionInfo(policy, '9')).toBeUndefined();
    expect(['1', '2', '3', '4', '9'].map((version) => isVersionDeprecated(policy, version))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(getActiveVersions(policy).map(({ version }) => version)).toEqual(['3', '4']);
  });
});
