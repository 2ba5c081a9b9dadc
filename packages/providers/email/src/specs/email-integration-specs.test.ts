import { findAllTransportConfigs, IntegrationSpecRegistry, isRequestAuthType, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { validateAgainstSchema } from '@mortise/core/schema';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from './__fixtures__/credentials-of.ts';
import { emailIntegrationSpecs } from './email-integration-specs.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<
  Record<string, { config: readonly string[]; secret: readonly string[]; provides: readonly string[] }>
> = {
  'email.gmail': {
    config: ['labelIds', 'includeSpamTrash', 'webhookTopic', 'historyCursor'],
    secret: ['clientId', 'clientSecret', 'refreshToken', 'redirectUri'],
    provides: ['email.inbound', 'email.outbound', 'provider.delta.watch'],
  },
  'email.postmark': {
    config: ['messageStream', 'fromEmail'],
    secret: ['serverToken'],
    provides: ['email.transactional'],
  },
};

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.ts') && !/^(index|email-integration-specs)\b|\.test\.ts$/.test(file),
);

it('lists one spec for each file of the folder', () => {
  const vendors = emailIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(vendors.sort()).toEqual(specFiles.sort());
});

it('fits into one registry', () => {
  const registry = new IntegrationSpecRegistry(emailIntegrationSpecs);
  expect(registry.list()).toEqual(emailIntegrationSpecs);
});

describe.each(emailIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('takes no empty secret', () => {
    expect(validateAgainstSchema<unknown>(spec.secretSchema.schema, {}).valid).toBe(false);
  });

  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('sends mail, under a key of its domain', () => {
    expect(key).toMatch(/^email\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('email');
    expect(spec.capabilities.provides).toContainEqual({ key: 'email.outbound', version: '1.0.0' });
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [], provides: [] };
    for (const name of names.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of names.secret) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    const provided = spec.capabilities.provides.map((capability) => capability.key);
    expect(provided).toEqual(expect.arrayContaining([...names.provides]));
  });

  it('prefers a transport that it has', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'sdk')).toBe(true);
    expect(findAllTransportConfigs(spec.transports ?? [], 'rest')).not.toEqual([]);
  });

  it('tells how its health is found out without a guess', () => {
    const { request } = spec.healthCheck ?? {};
    expect(request?.expect?.status).toBe(200);
    expect(request?.expect?.body?.length).toBeGreaterThan(0);
    expect(request?.rules?.some(({ means }) => means === 'bad_credential')).toBe(true);
  });

  it('yields credentials by every method that authenticates requests', async () => {
    for (const method of (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type))) {
      const { credentials } = await credentialsOf(spec, method);
      const sent = Object.values(credentials.headers);
      expect(sent).toHaveLength(1);
      expect(sent[0]?.length).toBeGreaterThan(10);
    }
  });
});
