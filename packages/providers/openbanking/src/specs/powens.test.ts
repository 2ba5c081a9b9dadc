import { type ConfigOf, findTransportConfig, IntegrationSpecRegistry, type SecretsOf } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { powensIntegrationSpec, registerPowensIntegration } from './powens.ts';

const config = powensIntegrationSpec.configSchema.schema;
const secret = powensIntegrationSpec.secretSchema.schema;
const GOOD = { domain: 'acme-sandbox', clientId: '12345678' };

const isValid = (schema: unknown, value: unknown) => validateAgainstSchema<unknown>(schema, value).valid;

describe('the Powens spec', () => {
  it('is registered as it is, and the registry returned', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerPowensIntegration(registry)).toBe(registry);
    expect(registry.get('openbanking.powens')).toBe(powensIntegrationSpec);
    expect(() => registerPowensIntegration(registry)).toThrow(/openbanking\.powens/);
  });

  it('belongs to tenants only: each has a domain of its own', () => {
    expect(powensIntegrationSpec.supportedModes).toEqual(['byok']);
    expect(Object.keys(powensIntegrationSpec.credentialManifest?.modes ?? {})).toEqual(['byok']);
  });

  it.each([
    [GOOD],
    [{ ...GOOD, redirectUri: 'https://app.example.com/callback', webviewLanguage: 'fr' }],
    [
      {
        ...GOOD,
        environment: 'sandbox',
        baseUrl: 'https://acme.biapi.pro/2.0',
        region: 'eu',
        pollingIntervalMs: 300_000,
      },
    ],
  ])('takes the configuration %j', (value) => {
    expect(isValid(config, value)).toBe(true);
  });

  it.each([
    [{ clientId: '1' }],
    [{ ...GOOD, domain: 'acme.evil.example' }],
    [{ ...GOOD, domain: 'acme/..' }],
    [{ ...GOOD, clientId: 'abc' }],
    [{ ...GOOD, baseUrl: 'https://169.254.169.254/2.0' }],
    [{ ...GOOD, pollingIntervalMs: 1 }],
    [{ ...GOOD, unknown: true }],
  ])('refuses the configuration %j', (value) => {
    expect(isValid(config, value)).toBe(false);
  });

  it('needs the token of a user, which the client credentials alone are not', () => {
    expect(isValid(secret, { clientSecret: 's', userToken: 't' })).toBe(true);
    expect(isValid(secret, { clientSecret: 's' })).toBe(false);
    expect(isValid(secret, { clientSecret: 's', userToken: 't\nHost: evil.example' })).toBe(false);
  });

  it('is reached at the domain of the connection and nowhere else', () => {
    const rest = findTransportConfig(powensIntegrationSpec.transports ?? [], 'rest');
    expect(rest?.baseUrl).toBe('https://{domain}.biapi.pro/{apiVersion}');
    expect(rest?.allowedHosts).toEqual(['*.biapi.pro']);
    expect(powensIntegrationSpec.versionPolicy?.currentVersion).toBe('2.0');
  });

  it('proves a delivery by method, path, date and body, so that none of them can be changed', () => {
    expect(powensIntegrationSpec.webhooks).toMatchObject([
      {
        verification: {
          algorithm: 'hmac-sha256',
          signature: { header: 'BI-Signature', encoding: 'base64' },
          signed: '{method}.{path}.{timestamp}.{body}',
          timestamp: { from: { header: 'BI-Signature-Date' }, unit: 'iso' },
        },
        eventId: [{ pointer: '/id_webhook_data' }],
      },
    ]);
  });

  it('states no limit: the vendor publishes none', () => {
    expect(powensIntegrationSpec.constraints).toBeUndefined();
  });

  it('infers its config and secret types', () => {
    expectTypeOf<ConfigOf<typeof powensIntegrationSpec>['domain']>().toEqualTypeOf<string>();
    expectTypeOf<SecretsOf<typeof powensIntegrationSpec>['userToken']>().toEqualTypeOf<string>();
    expectTypeOf<SecretsOf<typeof powensIntegrationSpec>['webhookSecret']>().toEqualTypeOf<string | undefined>();
  });
});
