import { requestCredentials } from '@mortise/auth';
import {
  assessCredentialCoverage,
  type IntegrationAuthConfig,
  type IntegrationSpec,
  IntegrationSpecRegistry,
  isRequestAuthType,
  isVersionText,
  resolveApiVersion,
  supportsTransport,
} from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { describe, expect, it } from 'vitest';
import { createDefaultIntegrationSpecRegistry } from './default-registry.ts';
import { integrationSpecs } from './integration-specs.ts';
import { ESTABLISHED_KEYS } from './__fixtures__/established-keys.ts';

/** Day on which all sources were last looked at; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Types that stand for a token, which a flow obtains; what the flow needs is checked instead. */
const TOKEN_METHODS: ReadonlySet<string> = new Set(['oauth2', 'service-account']);

function propertiesOf(schema: unknown): Record<string, unknown> {
  const properties: unknown = isObject(schema) ? schema['properties'] : undefined;
  return isObject(properties) ? properties : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Every declared field with a value: the example's where there is one. */
function filledIn({ schema, example = {} }: IntegrationSpec['secretSchema']): Record<string, string> {
  const names = Object.keys(propertiesOf(schema));
  return Object.fromEntries(names.map((name) => [name, textOf(example[name]) ?? `placeholder-${name}`]));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function methodsOf(spec: IntegrationSpec): IntegrationAuthConfig[] {
  return (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type));
}

/** Fields that the flow of a token method reads. */
function flowFields(method: IntegrationAuthConfig): string[] {
  if (method.type === 'oauth2') {
    const { clientIdField = 'clientId', clientSecretField = 'clientSecret', clientAuthentication, pkce } = method;
    const isPublic = clientAuthentication === 'none' || (clientAuthentication === undefined && pkce === true);
    if (clientAuthentication === 'private_key_jwt') return [clientIdField, method.privateKeyField ?? 'privateKey'];
    return isPublic ? [clientIdField] : [clientIdField, clientSecretField];
  }
  return method.type === 'service-account' && method.credentialField !== undefined ? [method.credentialField] : [];
}

/** Every address in a spec, templates included. */
function urlsOf(spec: IntegrationSpec): string[] {
  const { docsUrl, byokSetup, versionPolicy, transports = [], supportedAuthMethods = [], sources = [] } = spec;
  const endpoints = transports.map((transport) => {
    if (transport.type === 'rest') return transport.baseUrl;
    return transport.type === 'mcp' ? transport.url : undefined;
  });
  const ofMethods = supportedAuthMethods.flatMap((method) => {
    if (method.type === 'service-account') return [method.tokenUrl, method.audience];
    if (method.type !== 'oauth2') return [];
    const { authorizationUrl, tokenUrl, revocationUrl, introspectionUrl, deviceAuthorizationUrl } = method;
    return [authorizationUrl, tokenUrl, revocationUrl, introspectionUrl, deviceAuthorizationUrl];
  });
  const guides = (versionPolicy?.supportedVersions ?? []).map(({ migrationGuide }) => migrationGuide);
  const pages = sources.map(({ url }) => url);
  // Where the host depends on the connection, the endpoint is a path beneath the base URL.
  const validation = byokSetup?.validationEndpoint?.replace(/^(?=\/)/, endpoints[0] ?? '');
  const all = [docsUrl, validation, ...endpoints, ...ofMethods, ...guides, ...pages];
  return all.filter((url) => url !== undefined);
}

describe('the catalog', () => {
  it('has each key once', () => {
    const keys = integrationSpecs.map(({ meta }) => meta.key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has every key that connections may use already', () => {
    const keys = new Set(integrationSpecs.map(({ meta }) => meta.key));
    expect(ESTABLISHED_KEYS.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(integrationSpecs)).toBe(true);
  });

  it('is a registry of the very same specs, a new one at each call', () => {
    const registry = createDefaultIntegrationSpecRegistry();
    expect(registry).toBeInstanceOf(IntegrationSpecRegistry);
    expect(registry).not.toBe(createDefaultIntegrationSpecRegistry());
    for (const spec of integrationSpecs) expect(registry.get(spec.meta.key)).toBe(spec);
    expect(registry.count()).toBe(integrationSpecs.length);
  });
});

describe.each(integrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('is named as a domain and a vendor, with a version, an owner, a title and a description', () => {
    expect(key).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/);
    expect(isVersionText(spec.meta.version)).toBe(true);
    expect(spec.meta.title?.trim()).toBeTruthy();
    expect(spec.meta.description.trim().length).toBeGreaterThan(10);
    expect(spec.meta.owners.length).toBeGreaterThan(0);
  });

  it('provides something, each capability once and in a version', () => {
    const keys = spec.capabilities.provides.map((capability) => capability.key);
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { version } of spec.capabilities.provides) expect(isVersionText(version)).toBe(true);
  });

  it('has addresses that are https or wss, and whole once their places are filled', () => {
    for (const url of urlsOf(spec)) {
      const filled = url.replaceAll(/\{\w+\}/g, 'x.example');
      const isWhole = filled === 'x.example' || (URL.canParse(filled) && /^(https|wss):/.test(filled));
      expect([url, isWhole]).toEqual([url, true]);
    }
  });

  it('authenticates by every method that it declares, with the secrets that it declares', () => {
    const secrets = filledIn(spec.secretSchema);
    const config = { ...spec.configSchema.example };
    for (const method of methodsOf(spec)) {
      const isToken = TOKEN_METHODS.has(method.type);
      const token = isToken ? { token: { accessToken: 'obtained' } } : {};
      const { headers, query, path = {} } = requestCredentials(method, { secrets, config, ...token });
      const sent = [...Object.values(headers), ...Object.values(query), ...Object.values(path)];
      expect([method.type, sent.some((value) => value.trim() !== '')]).toEqual([method.type, true]);
      expect(sent.join()).not.toContain('undefined');
      const declared = { ...propertiesOf(spec.secretSchema.schema), ...propertiesOf(spec.configSchema.schema) };
      for (const field of flowFields(method)) expect(declared).toHaveProperty([field]);
    }
  });

  it('says for each mode what it needs, and that suffices', () => {
    const coverage = assessCredentialCoverage(spec);
    expect(coverage.modes.map(({ mode }) => mode).sort()).toEqual([...spec.supportedModes].sort());
    for (const { mode, reasons } of coverage.modes) expect([mode, reasons]).toEqual([mode, []]);
    expect(spec.credentialManifest).toBeDefined();
  });

  it('prefers a transport that it has', () => {
    if (spec.preferredTransport === undefined) return;
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport)).toBe(true);
  });

  it('speaks a version of the API that it lists', () => {
    const { versionPolicy } = spec;
    const versions = [undefined, ...(versionPolicy?.supportedVersions ?? []).map(({ version }) => version)];
    expect(versions.slice(versionPolicy === undefined ? 0 : 1)).toContain(resolveApiVersion(versionPolicy));
  });

  it('cannot be changed, down to its last part', () => {
    const thawed: string[] = [];
    JSON.stringify(spec, (name, part: unknown) => {
      if (!Object.isFrozen(part)) thawed.push(name);
      return part;
    });
    expect(thawed).toEqual([]);
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });
});
