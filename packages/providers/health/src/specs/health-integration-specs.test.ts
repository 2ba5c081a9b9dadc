import { requestCredentials } from '@mortise/auth';
import { IntegrationSpecRegistry, isRequestAuthType, makeIntegrationSpecKey, supportsTransport } from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { validateAgainstSchema } from '@mortise/core/schema';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { healthIntegrationSpecs } from './health-integration-specs.ts';
import * as entry from './index.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use, the same for all vendors. */
const KEPT_CONFIG = [
  'apiBaseUrl',
  'mcpUrl',
  'oauthTokenUrl',
  'defaultTransport',
  'strategyOrder',
  'allowUnofficial',
  'unofficialAllowList',
];
const KEPT_SECRETS = [
  'apiKey',
  'accessToken',
  'refreshToken',
  'tokenExpiresAt',
  'clientId',
  'clientSecret',
  'mcpAccessToken',
  'username',
  'password',
];

/** Names of the exports, as applications import them. */
const KEPT_EXPORTS: Readonly<Record<string, readonly [constant: string, register: string]>> = {
  'health.openwearables': ['openWearablesIntegrationSpec', 'registerOpenWearablesIntegration'],
  'health.whoop': ['whoopIntegrationSpec', 'registerWhoopIntegration'],
  'health.apple-health': ['appleHealthIntegrationSpec', 'registerAppleHealthIntegration'],
  'health.oura': ['ouraIntegrationSpec', 'registerOuraIntegration'],
  'health.strava': ['stravaIntegrationSpec', 'registerStravaIntegration'],
  'health.garmin': ['garminIntegrationSpec', 'registerGarminIntegration'],
  'health.fitbit': ['fitbitIntegrationSpec', 'registerFitbitIntegration'],
  'health.myfitnesspal': ['myFitnessPalIntegrationSpec', 'registerMyFitnessPalIntegration'],
  'health.eightsleep': ['eightSleepIntegrationSpec', 'registerEightSleepIntegration'],
  'health.peloton': ['pelotonIntegrationSpec', 'registerPelotonIntegration'],
};

/** What each vendor really has. */
const PROVIDES: Readonly<Record<string, readonly string[]>> = {
  'health.openwearables': ['activities', 'workouts', 'sleep', 'biometrics', 'webhooks'],
  'health.whoop': ['activities', 'workouts', 'sleep', 'biometrics', 'webhooks'],
  'health.apple-health': ['activities', 'workouts', 'sleep', 'biometrics', 'nutrition'],
  'health.oura': ['activities', 'workouts', 'sleep', 'biometrics', 'webhooks'],
  'health.strava': ['activities', 'workouts', 'biometrics', 'webhooks'],
  'health.garmin': ['activities', 'workouts', 'sleep', 'biometrics', 'webhooks'],
  'health.fitbit': ['activities', 'workouts', 'sleep', 'biometrics', 'nutrition', 'webhooks'],
  'health.myfitnesspal': ['activities', 'workouts', 'biometrics', 'nutrition', 'webhooks'],
  'health.eightsleep': ['sleep', 'biometrics'],
  'health.peloton': ['activities', 'workouts'],
};

/** Vendors without an API: nobody can run them for tenants. */
const WITHOUT_API = new Set(['health.eightsleep', 'health.peloton']);

const NO_SPEC =
  /^(?:index|health-integration-specs|health-provider-shared|spec-fields|bridge-fields|oauth-manifest|read-capabilities)\b|\.test\.ts$/;
const specFiles = readdirSync(import.meta.dirname).filter((file) => !NO_SPEC.test(file));

it('lists one spec for each file of the folder', () => {
  const vendors = healthIntegrationSpecs.map((spec) => `${spec.meta.key.split('.').at(-1)}.ts`);
  expect(vendors.sort()).toEqual(specFiles.sort());
});

it('fits into one registry, in the order of the list', () => {
  const registry = new IntegrationSpecRegistry(healthIntegrationSpecs);
  expect(registry.list()).toEqual(healthIntegrationSpecs);
  expect(healthIntegrationSpecs.map((spec) => spec.meta.key)).toEqual(Object.keys(KEPT_EXPORTS));
});

it('shares nothing between two specs that could be changed', () => {
  const objects = new Map<object, string>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null) return;
    expect(Object.isFrozen(value), `${key} is frozen`).toBe(true);
    // What is shared and frozen cannot be changed, but parts of two specs must not be one.
    if (!Array.isArray(value)) expect(objects.get(value) ?? key).toBe(key);
    objects.set(value, key);
    for (const item of Object.values(value)) visit(item, key);
  };
  for (const spec of healthIntegrationSpecs) visit(spec, spec.meta.key);
});

describe.each(healthIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  const methods = spec.supportedAuthMethods ?? [];

  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is exported and registered under its names', () => {
    const [constant, register] = KEPT_EXPORTS[key] ?? ['', ''];
    expect(Reflect.get(entry, constant)).toBe(spec);
    const registry = new IntegrationSpecRegistry();
    const add: unknown = Reflect.get(entry, register);
    expect(typeof add === 'function' && Reflect.apply(add, undefined, [registry])).toBe(registry);
    expect(registry.get(key, '1.0.0')).toBe(spec);
    expect(makeIntegrationSpecKey(spec.meta)).toBe(`${key}.v1.0.0`);
  });

  it('is a health integration that provides what its vendor has', () => {
    expect(spec.meta).toMatchObject({ category: 'health', domain: 'health', owners: ['platform.integrations'] });
    expect(spec.meta.tags.slice(0, 2)).toEqual(['health', 'wearables']);
    const wanted = (PROVIDES[key] ?? []).map((area) =>
      area === 'webhooks' ? 'health.webhooks' : `health.${area}.read`,
    );
    expect(spec.capabilities.provides).toEqual(wanted.map((capability) => ({ key: capability, version: '1.0.0' })));
  });

  it('is run for tenants only where the vendor has an API', () => {
    expect(spec.supportedModes).toEqual(WITHOUT_API.has(key) ? ['byok'] : ['managed', 'byok']);
    expect(Object.keys(spec.credentialManifest?.modes ?? {})).toEqual([...spec.supportedModes]);
  });

  it('keeps the names that existing connections use', () => {
    for (const name of KEPT_CONFIG) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of KEPT_SECRETS) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
  });

  it('refuses an empty secret, unknown fields, and addresses without https', () => {
    const accepts = (schema: unknown, value: unknown) => validateAgainstSchema<unknown>(schema, value).valid;
    const config = { ...spec.configSchema.example };
    expect(accepts(spec.secretSchema.schema, {})).toBe(false);
    expect(accepts(spec.secretSchema.schema, { ...spec.secretSchema.example, other: 'x' })).toBe(false);
    expect(accepts(spec.configSchema.schema, config)).toBe(true);
    expect(accepts(spec.configSchema.schema, { ...config, other: 'x' })).toBe(false);
    expect(accepts(spec.configSchema.schema, { ...config, apiBaseUrl: 'http://169.254.169.254' })).toBe(false);
    expect(accepts(spec.configSchema.schema, { ...config, defaultTransport: 'carrier-pigeon' })).toBe(false);
  });

  it('yields credentials by every request method, from the fields of its example', () => {
    const secrets = Object.fromEntries(
      Object.entries(spec.secretSchema.example ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const requestMethods = methods.filter(({ type }) => isRequestAuthType(type));
    expect(requestMethods).not.toEqual([]);
    for (const method of requestMethods) {
      const token = method.type === 'service-account' ? { token: { accessToken: 'minted' } } : {};
      const { headers } = requestCredentials(method, { secrets, config: spec.configSchema.example ?? {}, ...token });
      expect(Object.values(headers).join('')).not.toBe('');
      // Nothing stands in for a field that is missing.
      expect(() => requestCredentials(method, { secrets: {} })).toThrow(/has no field|needs a token/);
    }
  });

  it('prefers a transport that it has', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'mcp')).toBe(true);
  });

  it('asks for consent at real addresses', () => {
    for (const method of methods) {
      if (method.type !== 'oauth2') continue;
      expect(method.tokenUrl).toMatch(/^https:\/\//);
      expect(method.authorizationUrl).toMatch(/^https:\/\//);
    }
  });

  it('says how deliveries are proven, or that they are not, wherever it takes them', () => {
    const takes = spec.capabilities.provides.some((capability) => capability.key === 'health.webhooks');
    expect(spec.webhooks === undefined).toBe(!takes);
    expect(supportsTransport(spec.transports ?? [], 'webhook')).toBe(takes);
  });
});
