import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, type IntegrationSpec, validateCredentials } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { checkShippedSpec } from '@mortise/core/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  qdrantIntegrationSpec,
  registerQdrantIntegration,
  registerSupabaseVectorIntegration,
  supabaseVectorIntegrationSpec,
  vectorStoreIntegrationSpecs,
} from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use, and the file of each spec. */
const KEPT: Readonly<Record<string, { file: string; config: readonly string[]; secret: readonly string[] }>> = {
  'vectordb.qdrant': { file: 'qdrant.ts', config: ['apiUrl', 'collectionPrefix'], secret: ['apiKey'] },
  'vectordb.supabase': {
    file: 'supabase-vector.ts',
    config: ['schema', 'table', 'createTableIfMissing', 'distanceMetric'],
    secret: ['databaseUrl'],
  },
};

/** What each request method makes of the example secrets, in declared order. */
const HEADERS: Readonly<Record<string, readonly Record<string, string>[]>> = {
  'vectordb.qdrant': [
    { 'api-key': 'qdrant-api-key-placeholder' },
    { Authorization: 'Bearer qdrant-api-key-placeholder' },
  ],
  'vectordb.supabase': [{ apikey: 'sb_secret_placeholder' }],
};

const REGISTRATIONS = [
  [qdrantIntegrationSpec.meta.key, registerQdrantIntegration, qdrantIntegrationSpec],
  [supabaseVectorIntegrationSpec.meta.key, registerSupabaseVectorIntegration, supabaseVectorIntegrationSpec],
] as const;

/** The example secrets, which are all text. */
function exampleSecrets(spec: IntegrationSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

const isValid = (schema: unknown, value: unknown): boolean => validateAgainstSchema<unknown>(schema, value).valid;

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|vector-store-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const files = vectorStoreIntegrationSpecs.map((spec) => KEPT[spec.meta.key]?.file);
  expect(files.sort()).toEqual(specFiles.sort());
});

it.each(REGISTRATIONS)('%s is registered as it is, once', (key, register, spec) => {
  const registry = new IntegrationSpecRegistry();
  expect(register(registry)).toBe(registry);
  expect(registry.get(key, '1.0.0')).toBe(spec);
  expect(() => register(registry)).toThrow(key);
});

describe.each(vectorStoreIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('keeps the names that existing connections and slots use', () => {
    for (const name of KEPT[key]?.config ?? []) {
      expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    }
    for (const name of KEPT[key]?.secret ?? []) {
      expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    }
    expect(spec.capabilities.provides.map((capability) => capability.key)).toEqual([
      'vector-db.search',
      'vector-db.storage',
    ]);
    expect(spec.meta).toMatchObject({ category: 'vector-db', domain: 'ai', owners: ['platform.ai'] });
    expect(spec.supportedModes).toEqual(['managed', 'byok']);
  });

  it('makes credentials of its secrets by every method that it declares for requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    const made = methods.map((method) => requestCredentials(method, { secrets: exampleSecrets(spec) }));
    expect(made).toEqual((HEADERS[key] ?? []).map((headers) => ({ headers, query: {} })));
  });

  it('states no invented quotas', () => {
    expect(spec.constraints).toBeUndefined();
  });
});

describe('the Qdrant spec', () => {
  const config = qdrantIntegrationSpec.configSchema.schema;

  it.each([
    [{ apiUrl: 'https://xyz.cloud.qdrant.io:6333' }, true],
    [{ host: 'xyz.cloud.qdrant.io' }, true],
    [{}, false],
    [{ host: 'xyz.cloud.qdrant.io:6333' }, false],
    [{ host: 'evil.example.com/path' }, false],
    [{ host: 'a', collectionPrefix: 'a/b' }, false],
    [{ host: 'a', distance: 'cosine' }, false],
  ])('takes the configuration %j: %s', (value, expected) => {
    expect(isValid(config, value)).toBe(expected);
  });

  it('probes a path that needs the key', () => {
    const open = ['/', '/healthz', '/readyz', '/livez'];
    expect(open).not.toContain(qdrantIntegrationSpec.healthCheck?.request?.path);
  });
});

describe('the Supabase vector spec', () => {
  const secret = supabaseVectorIntegrationSpec.secretSchema.schema;

  it.each([
    [{ databaseUrl: 'postgresql://app:x@db.example.com:5432/postgres' }, true],
    [{ secretKey: 'sb_secret_abc' }, true],
    [{ serviceRoleKey: 'eyJhbGciOiJIUzI1NiJ9.e30.x' }, true],
    [{}, false],
    [{ secretKey: 'sb_publishable_abc' }, false],
    [{ databaseUrl: 'https://project.supabase.co' }, false],
    [{ managementToken: 'sbp_abc' }, false],
  ])('takes the secret %j: %s', (value, expected) => {
    expect(isValid(secret, value)).toBe(expected);
  });

  it('lets a tenant come with any one of its credentials', () => {
    const config = { projectRef: 'abcdefghijklmnopqrst' };
    for (const secrets of [
      { databaseUrl: 'postgresql://app:x@db.example.com/postgres' },
      { secretKey: 'sb_secret_abc' },
    ]) {
      expect(validateCredentials(supabaseVectorIntegrationSpec, 'byok', { config, secrets }).problems).toEqual([]);
    }
    expect(validateCredentials(supabaseVectorIntegrationSpec, 'byok', { config, secrets: {} }).valid).toBe(false);
  });

  it.each(['documents; drop table x', 'a"b', 'public.documents', ''])('refuses %j for a table', (table) => {
    expect(isValid(supabaseVectorIntegrationSpec.configSchema.schema, { table })).toBe(false);
  });

  it('tells a missing grant from a bad key, whatever the status', () => {
    const rules = supabaseVectorIntegrationSpec.healthCheck?.request?.rules ?? [];
    const meaningOf = (code: string) =>
      rules.find(({ when }) => when.body?.some(({ equals, oneOf }) => equals === code || oneOf?.includes(code)))?.means;
    expect(['42501', 'PGRST301', 'PGRST205', '40001', '22000'].map(meaningOf)).toEqual([
      'missing_scope',
      'bad_credential',
      'misconfigured',
      'unavailable',
      'invalid_request',
    ]);
  });
});
