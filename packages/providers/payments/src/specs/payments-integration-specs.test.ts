import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paymentsIntegrationSpecs } from './payments-integration-specs.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<Record<string, { config: readonly string[]; secret: readonly string[] }>> = {
  'payments.stripe': { config: ['accountId', 'region'], secret: ['apiKey', 'webhookSecret'] },
};

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => !/^(index|payments-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const vendors = paymentsIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(vendors.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  const registry = new IntegrationSpecRegistry(paymentsIntegrationSpecs);
  expect(registry.list()).toEqual(paymentsIntegrationSpecs);
});

describe.each(paymentsIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('takes payments under a key of its domain', () => {
    expect(key).toMatch(/^payments\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('payments');
    expect(spec.capabilities.provides).toContainEqual({ key: 'payments.psp', version: '1.0.0' });
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [] };
    for (const name of names.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of names.secret) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
  });

  it('gets credentials from its example by every method that authenticates requests', () => {
    const methods = (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
    expect(methods).not.toEqual([]);
    const texts = Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]);
    const source = { secrets: Object.fromEntries(texts), config: spec.configSchema.example ?? {} };
    for (const method of methods) {
      const { headers, query } = requestCredentials(method, source);
      expect([...Object.values(headers), ...Object.values(query)].join('')).toMatch(/\S/);
    }
  });
});
