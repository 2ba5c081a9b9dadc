import {
  findAllAuthConfigs,
  findAllTransportConfigs,
  IntegrationSpecRegistry,
  isRequestAuthType,
  supportsTransport,
} from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { validateAgainstSchema } from '@mortise/core/schema';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from './__fixtures__/credentials-of.ts';
import { calendarIntegrationSpecs } from './calendar-integration-specs.ts';
import { googleCalendarIntegrationSpec, registerGoogleCalendarIntegration } from './google-calendar.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<
  Record<string, { config: readonly string[]; secret: readonly string[]; provides: readonly string[] }>
> = {
  'calendar.google': {
    config: ['calendarId'],
    secret: ['clientEmail', 'privateKey', 'projectId'],
    provides: ['calendar.events'],
  },
};

const FILES: Readonly<Record<string, string>> = { 'calendar.google': 'google-calendar.ts' };

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.ts') && !/^(index|calendar-integration-specs)\b|\.test\.ts$/.test(file),
);

const isValid = (schema: unknown, value: unknown): boolean => validateAgainstSchema<unknown>(schema, value).valid;

it('lists one spec for each file of the folder', () => {
  expect(calendarIntegrationSpecs.map((spec) => FILES[spec.meta.key]).sort()).toEqual(specFiles.sort());
});

it('fits into one registry, by list or one by one', () => {
  expect(new IntegrationSpecRegistry(calendarIntegrationSpecs).list()).toEqual(calendarIntegrationSpecs);
  const registry = new IntegrationSpecRegistry();
  expect(registerGoogleCalendarIntegration(registry)).toBe(registry);
  expect(registry.get('calendar.google', '1.0.0')).toBe(googleCalendarIntegrationSpec);
});

describe.each(calendarIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('takes no empty secret', () => {
    expect(isValid(spec.secretSchema.schema, {})).toBe(false);
  });

  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is a calendar, under a key of its domain', () => {
    expect(key).toMatch(/^calendar\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('calendar');
    expect(spec.capabilities.provides).toContainEqual({ key: 'calendar.events', version: '1.0.0' });
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [], provides: [] };
    for (const name of names.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of names.secret) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
  });

  it('prefers a transport that it has', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'webhook')).toBe(true);
    expect(findAllTransportConfigs(spec.transports ?? [], 'rest')).not.toEqual([]);
  });

  it('yields credentials by every method that authenticates requests', async () => {
    for (const method of (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type))) {
      const { credentials, asked } = await credentialsOf(spec, method);
      expect(credentials.headers).toEqual({ Authorization: 'Bearer token-of-the-endpoint' });
      expect(asked.map(({ url }) => url)).toEqual(['https://oauth2.googleapis.com/token']);
    }
  });
});

describe('the Google Calendar spec', () => {
  const { schema } = googleCalendarIntegrationSpec.secretSchema;
  const pem = '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n';

  it.each<[string, object, boolean]>([
    ['an OAuth client', { clientId: 'i', clientSecret: 's' }, true],
    ['a service account by its fields', { clientEmail: 'a@b.example', privateKey: pem }, true],
    ['a service account by its key file', { serviceAccountKey: '{}' }, true],
    ['half a client', { clientId: 'i' }, false],
    ['half a service account', { privateKey: pem, projectId: 'p' }, false],
    ['a token for notices alone', { channelToken: '0123456789abcdef' }, false],
  ])('asks for one whole set of fields: %s', (_what, secrets, fits) => {
    expect(isValid(schema, secrets)).toBe(fits);
  });

  it('signs with the two fields that existing connections have, for the user of the config', async () => {
    const method = findAllAuthConfigs(googleCalendarIntegrationSpec.supportedAuthMethods ?? [], 'service-account').find(
      ({ credentialFormat }) => credentialFormat === 'pem',
    );
    const { configSchema } = googleCalendarIntegrationSpec;
    const example = { ...configSchema.example, subject: 'ann@example.com' };
    const spec = { ...googleCalendarIntegrationSpec, configSchema: { ...configSchema, example } };
    const { asked } = await credentialsOf(spec, method ?? { type: 'bearer' });
    const [, claims = ''] = asked[0]?.form.get('assertion')?.split('.') ?? [];
    expect(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))).toMatchObject({
      iss: 'calendar@example-project.iam.gserviceaccount.com',
      sub: 'ann@example.com',
    });
  });

  it.each([
    ['Europe/Paris', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+5', true],
    ['+02:00', false],
    ['Paris time', false],
  ])('takes a zone and no offset: %s', (timeZone, fits) => {
    expect(isValid(googleCalendarIntegrationSpec.configSchema.schema, { timeZone })).toBe(fits);
  });
});
