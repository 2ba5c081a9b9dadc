import {
  assessCredentialCoverage,
  getIntegrationCredentialManifest,
  IntegrationSpecRegistry,
  isRequestAuthType,
  supportsTransport,
  validateIntegrationSpec,
} from '@mortise/core';
import { readdirSync } from 'node:fs';
import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import { databaseIntegrationSpecs } from './database-integration-specs.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';
const A_YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Names that consumers of the first interface rely on. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'database.supabase': { config: ['maxConnections', 'sslMode'], secret: ['databaseUrl'] },
};

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly description?: string; readonly type?: string }>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

function assertObjectSchema(schema: unknown): asserts schema is ObjectSchema {
  expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object), additionalProperties: false });
}

function objectSchema(schema: unknown): ObjectSchema {
  assertObjectSchema(schema);
  return schema;
}

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
  it('holds together', () => {
    expect(validateIntegrationSpec(spec).problems).toEqual([]);
  });

  it('is a database under a key of its domain', () => {
    expect(key).toMatch(/^database\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('database');
    expect(spec.capabilities.provides).toContainEqual({ key: 'database.sql', version: '1.0.0' });
  });

  it('cannot be changed by whoever gets hold of it', () => {
    expect(Object.isFrozen(spec)).toBe(true);
    expect(Object.isFrozen(spec.transports)).toBe(true);
    expect(Object.isFrozen(spec.configSchema.schema)).toBe(true);
  });

  it('describes each config and secret field and takes no others', () => {
    for (const { schema } of [spec.configSchema, spec.secretSchema]) {
      const { properties } = objectSchema(schema);
      const undescribed = Object.entries(properties).filter(
        ([, field]) => typeof field.type !== 'string' || !/\S/.test(field.description ?? ''),
      );
      expect(undescribed).toEqual([]);
      expect(validateAgainstSchema<unknown>(schema, { 'no-such-field': 'x' }).valid).toBe(false);
    }
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [] };
    expect(Object.keys(objectSchema(spec.configSchema.schema).properties)).toEqual(
      expect.arrayContaining([...names.config]),
    );
    expect(objectSchema(spec.secretSchema.schema).required).toEqual(expect.arrayContaining([...names.secret]));
  });

  it('gives examples that fit', () => {
    expect(spec.configSchema.example).toBeDefined();
    expect(spec.secretSchema.example).toBeDefined();
    expect(validateAgainstSchema<unknown>(spec.configSchema.schema, spec.configSchema.example).problems).toEqual([]);
    expect(validateAgainstSchema<unknown>(spec.secretSchema.schema, spec.secretSchema.example).problems).toEqual([]);
  });

  it('can authenticate each mode from the secret fields that the mode declares', () => {
    const coverage = assessCredentialCoverage(spec);
    expect(coverage.covered).toBe(true);
    const declared = (spec.supportedAuthMethods ?? []).filter((method) => isRequestAuthType(method.type));
    expect(declared).not.toEqual([]);
    expect(coverage.modes.map(({ satisfiable, reasons }) => ({ satisfiable, reasons }))).toEqual(
      spec.supportedModes.map(() => ({ satisfiable: declared.map((method) => method.type), reasons: [] })),
    );
  });

  it('never lets an environment variable of the host stand in for a tenant key', () => {
    const { byok } = getIntegrationCredentialManifest(spec).modes ?? {};
    expect(byok?.envAliases).toBeUndefined();
    expect((byok?.secretFields ?? []).filter((field) => field.envVar !== undefined)).toEqual([]);
  });

  it('tells a tenant how to bring a key', () => {
    if (!spec.supportedModes.includes('byok')) return;
    expect(spec.byokSetup?.setupInstructions).toMatch(/https:\/\//);
    expect(spec.byokSetup?.provisioningSteps?.length).toBeGreaterThan(2);
  });

  it('is reached by a driver, and explained at an https address', () => {
    expect(spec.docsUrl).toMatch(/^https:\/\//);
    expect(spec.preferredTransport).toBe('sdk');
    expect(supportsTransport(spec.transports ?? [], 'sdk')).toBe(true);
  });

  it('names sources that were read within a year of the last review', () => {
    expect(spec.sources?.length).toBeGreaterThan(0);
    for (const { url, checkedOn, facts } of spec.sources ?? []) {
      expect(url).toMatch(/^https:\/\//);
      expect(facts).toMatch(/\S/);
      const ageMs = Date.parse(REVIEWED_ON) - Date.parse(checkedOn);
      expect(ageMs).toBeGreaterThanOrEqual(0);
      expect(ageMs).toBeLessThan(A_YEAR_MS);
    }
  });
});
