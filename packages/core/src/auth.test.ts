import { describe, expect, it } from 'vitest';
import type { IntegrationAuthConfig, IntegrationAuthType } from './auth.ts';
import { findAllAuthConfigs, findAuthConfig, isRequestAuthType, supportsAuthMethod } from './auth.ts';

const apiKey = { type: 'api-key', headerName: 'X-Key' } as const;
const oauth2 = {
  type: 'oauth2',
  grantType: 'authorization_code',
  tokenUrl: 'https://x/token',
  scopes: ['a'],
  pkce: true,
} as const;
const hook = { type: 'webhook-signing', algorithm: 'hmac-sha256', signatureHeader: 'X-Sig' } as const;
const methods: IntegrationAuthConfig[] = [
  apiKey,
  oauth2,
  hook,
  { type: 'bearer' },
  { type: 'header', headerName: 'X' },
  { type: 'basic' },
  { type: 'service-account', credentialFormat: 'pem' },
  { ...apiKey, headerName: 'X-Other' },
];

describe('findAuthConfig', () => {
  it('finds the first config of a type with its details', () => {
    expect(findAuthConfig(methods, 'api-key')).toBe(apiKey);
    expect(findAuthConfig(methods, 'oauth2')?.grantType).toBe('authorization_code');
    expect(findAuthConfig(methods, 'webhook-signing')?.signatureHeader).toBe('X-Sig');
  });

  it('finds nothing of a type that is not there', () => {
    expect(findAuthConfig([apiKey], 'oauth2')).toBeUndefined();
  });
});

describe('findAllAuthConfigs', () => {
  it('finds every config of a type in declared order', () => {
    expect(findAllAuthConfigs(methods, 'api-key').map((method) => method.headerName)).toEqual(['X-Key', 'X-Other']);
    expect(findAllAuthConfigs([], 'basic')).toEqual([]);
  });
});

describe('supportsAuthMethod', () => {
  it('knows all seven types, and none in an empty list', () => {
    const types: IntegrationAuthType[] = [
      'api-key',
      'oauth2',
      'bearer',
      'header',
      'basic',
      'webhook-signing',
      'service-account',
    ];
    for (const type of types) {
      expect(supportsAuthMethod(methods, type)).toBe(true);
      expect(supportsAuthMethod([], type)).toBe(false);
      expect(isRequestAuthType(type)).toBe(type !== 'webhook-signing');
    }
  });
});
