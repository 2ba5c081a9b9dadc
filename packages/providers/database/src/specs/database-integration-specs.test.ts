import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { databaseIntegrationSpecs } from './database-integration-specs.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'database.supabase': { config: ['maxConnections', 'sslMode'], secret: ['databaseUrl'] },
};

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|database-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const vendors = databaseIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(vendors.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  const registry = new IntegrationSpecRegistry(databaseIntegrationSpecs);
  expect(registry.list()).toEqual(databaseIntegrationSpecs);
});

describe.each(databaseIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is a database under a key of its domain', () => {
    expect(key).toMatch(/^database\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('database');
    expect(spec.capabilities.provides).toContainEqual({ key: 'database.sql', version: '1.0.0' });
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [] };
    for (const name of names.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    expect(spec.secretSchema.schema).toMatchObject({ required: expect.arrayContaining([...names.secret]) });
  });

  it('makes credentials of its example secrets by every method that it declares', () => {
    const secrets = Object.fromEntries(
      Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    expect(methods).not.toEqual([]);
    for (const method of methods) {
      const { Authorization = '' } = requestCredentials(method, { secrets }).headers;
      expect(atob(Authorization.replace('Basic ', ''))).toBe(`${secrets['username']}:${secrets['password']}`);
      expect(secrets['databaseUrl']).toContain(`//${secrets['username']}:${secrets['password']}@`);
    }
  });

  it('is reached by a driver', () => {
    expect(spec.preferredTransport).toBe('sdk');
    expect(supportsTransport(spec.transports ?? [], 'sdk')).toBe(true);
  });
});
