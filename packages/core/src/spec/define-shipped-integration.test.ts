import { describe, expect, expectTypeOf, it } from 'vitest';
import { checkShippedSpec } from '../testing/check-shipped-spec.ts';
import { defineIntegration } from './define-integration.ts';
import { defineShippedIntegration } from './define-shipped-integration.ts';
import { IntegrationSpecRegistry } from './integration-spec-registry.ts';
import type { ConfigOf, SecretsOf } from './integration-spec.ts';

const parts = {
  supportedModes: ['managed'],
  capabilities: { provides: [{ key: 'crm.contacts', version: '1.0.0' }] },
  configSchema: { schema: { type: 'object', properties: { region: { type: 'string' } } } },
  secretSchema: { schema: { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] } },
} as const;

const meta = {
  key: 'crm.example',
  version: '1.0.0',
  description: 'An example',
  category: 'crm',
  stability: 'beta',
  owners: ['@team'],
  tags: [],
} as const;

describe('defineShippedIntegration', () => {
  it('freezes the spec down to its last part and returns it', () => {
    const input = { ...parts, meta: { ...meta, owners: ['@team'] } };
    const spec = defineShippedIntegration(input);
    expect(spec).toBe(input);
    expect([spec, spec.meta, spec.meta.owners, spec.configSchema].every(Object.isFrozen)).toBe(true);
  });

  it('infers the same types as defineIntegration', () => {
    const spec = defineShippedIntegration({ ...parts, meta });
    const checked = defineIntegration({ ...parts, meta });
    expectTypeOf<ConfigOf<typeof spec>>().toEqualTypeOf<ConfigOf<typeof checked>>();
    expectTypeOf<SecretsOf<typeof spec>>().toEqualTypeOf<{ apiKey: string }>();
  });

  it('leaves the check to the tests of the package, which a registry does not repeat', () => {
    const broken = defineShippedIntegration({ ...parts, meta: { ...meta, version: 'one' } });
    expect(new IntegrationSpecRegistry([broken]).get('crm.example')).toBe(broken);
    expect(defineIntegration(broken)).toBe(broken);
    const findings = checkShippedSpec(broken, { reviewedOn: '2026-11-25' });
    expect(findings.map(({ check }) => check)).toContain('valid');
  });

  it('takes no spec that leaves something to defaults', () => {
    const { description: _description, ...loose } = meta;
    expect(defineShippedIntegration({ ...parts, meta }).meta).toBe(meta);
    // @ts-expect-error The description is missing.
    defineShippedIntegration({ ...parts, meta: loose });
    // @ts-expect-error A version is text.
    defineShippedIntegration({ ...parts, meta: { ...meta, version: 1 } });
    // @ts-expect-error The capability has no version.
    defineShippedIntegration({ ...parts, meta, capabilities: { provides: [{ key: 'crm.contacts' }] } });
  });
});
