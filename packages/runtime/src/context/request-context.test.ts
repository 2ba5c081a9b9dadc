import type { IntegrationAuthConfig, IntegrationTransportConfig } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { resolveAuthMethod, resolveIntegrationRequestContext } from './request-context.ts';
import { DefaultTransportResolver } from './transport-resolver.ts';

const rest: IntegrationTransportConfig = { type: 'rest', baseUrl: 'https://api.example.com' };
const mcp: IntegrationTransportConfig = { type: 'mcp', transport: 'http', url: 'https://mcp.example.com' };
const webhook: IntegrationTransportConfig = {
  type: 'webhook',
  inbound: { signatureHeader: 'x-signature', signingAlgorithm: 'hmac-sha256' },
};
const bearer: IntegrationAuthConfig = { type: 'bearer' };
const apiKey: IntegrationAuthConfig = { type: 'api-key' };
const signing: IntegrationAuthConfig = {
  type: 'webhook-signing',
  algorithm: 'hmac-sha256',
  signatureHeader: 'x-signature',
};

describe('the default transport resolver', () => {
  const resolver = new DefaultTransportResolver();

  it('takes the connection’s choice, then the spec’s preference, then the first listed, then rest', () => {
    expect(resolver.resolve([rest, mcp], 'rest', 'mcp')).toBe('mcp');
    expect(resolver.resolve([rest, mcp], 'mcp', undefined)).toBe('mcp');
    expect(resolver.resolve([mcp, rest], undefined, undefined)).toBe('mcp');
    expect(resolver.resolve([], undefined, undefined)).toBe('rest');
  });

  it('ignores a choice that the spec does not support, and says so', () => {
    expect(resolver.resolve([rest], undefined, 'sdk')).toBe('rest');
    expect(resolver.explain([rest], undefined, 'sdk')).toEqual({
      transport: 'rest',
      reason: 'first-listed',
      ignoredOverride: 'sdk',
    });
  });

  it('never falls back to a webhook, which cannot carry a request', () => {
    expect(resolver.resolve([webhook, mcp], undefined, undefined)).toBe('mcp');
    expect(resolver.explain([webhook], undefined, undefined)).toEqual({ transport: 'rest', reason: 'fallback' });
  });
});

describe('the auth method of a request', () => {
  it('is the connection’s if the spec supports it, else the first listed one', () => {
    expect(resolveAuthMethod([bearer, apiKey], 'api-key')).toBe('api-key');
    expect(resolveAuthMethod([bearer, apiKey])).toBe('bearer');
    expect(resolveAuthMethod([bearer], 'oauth2')).toBe('bearer');
  });

  it('is passed through when the spec lists none', () => {
    expect(resolveAuthMethod(undefined, 'basic')).toBe('basic');
    expect(resolveAuthMethod()).toBeUndefined();
  });

  it('is never webhook signing', () => {
    expect(resolveAuthMethod([signing, bearer])).toBe('bearer');
    expect(resolveAuthMethod([signing, bearer], 'webhook-signing')).toBe('bearer');
    expect(resolveAuthMethod([signing])).toBeUndefined();
  });
});

describe('a request context', () => {
  const versionPolicy = { currentVersion: '2026-01-01', supportedVersions: [] };

  it('takes transport, auth and version from the connection before the spec', () => {
    expect(
      resolveIntegrationRequestContext(
        { transports: [rest, mcp], supportedAuthMethods: [bearer, apiKey], versionPolicy },
        { activeTransport: 'mcp', authMethod: 'api-key', apiVersion: '2025-01-01' },
      ),
    ).toEqual({ transport: 'mcp', authMethod: 'api-key', apiVersion: '2025-01-01' });
  });

  it('comes from the spec for an empty connection, and has defaults for an empty spec', () => {
    const spec = { transports: [mcp], supportedAuthMethods: [bearer], versionPolicy };
    expect(resolveIntegrationRequestContext(spec, {})).toEqual({
      transport: 'mcp',
      authMethod: 'bearer',
      apiVersion: '2026-01-01',
    });
    expect(resolveIntegrationRequestContext({}, {})).toEqual({
      transport: 'rest',
      authMethod: undefined,
      apiVersion: undefined,
    });
  });

  it('takes another transport resolver', () => {
    const sdkOnly = { resolve: () => 'sdk' as const };
    expect(resolveIntegrationRequestContext({}, {}, sdkOnly).transport).toBe('sdk');
  });
});
