import {
  findAuthConfig,
  type IntegrationAuthConfig,
  type IntegrationAuthType,
  type OAuth2AuthConfig,
  supportsAuthMethod,
  type WebhookSigningAuthConfig,
} from '@mortise/contracts-integrations/integrations/auth';
import {
  buildAuthHeaders,
  buildOAuth2AuthorizationUrl,
  exchangeOAuth2Code,
  isOAuth2TokenExpired,
  isWebhookTimestampValid,
  refreshOAuth2Token,
  verifyWebhookSignature,
} from '@mortise/contracts-integrations/integrations/auth-helpers';
import { describe, expect, it, vi } from 'vitest';

const oauth2: OAuth2AuthConfig = {
  type: 'oauth2',
  grantType: 'authorization_code',
  authorizationUrl: 'https://auth.example.com/authorize',
  tokenUrl: 'https://auth.example.com/token',
  scopes: ['read', 'write'],
  pkce: true,
};
const signing: WebhookSigningAuthConfig = {
  type: 'webhook-signing',
  algorithm: 'hmac-sha256',
  signatureHeader: 'x-signature',
};
const methods: IntegrationAuthConfig[] = [
  { type: 'api-key', headerName: 'X-Key' },
  oauth2,
  { type: 'bearer' },
  { type: 'header', headerName: 'X-Token' },
  { type: 'basic' },
  signing,
  { type: 'service-account', credentialFormat: 'json-key' },
];

describe('auth', () => {
  it('finds a config by its type, with its details', () => {
    expect(findAuthConfig(methods, 'api-key')?.headerName).toBe('X-Key');
    expect(findAuthConfig(methods, 'oauth2')).toMatchObject({ grantType: 'authorization_code', pkce: true });
    expect(findAuthConfig(methods, 'webhook-signing')?.algorithm).toBe('hmac-sha256');
    expect(findAuthConfig([{ type: 'bearer' }], 'basic')).toBeUndefined();
  });

  it.each<IntegrationAuthType>([
    'api-key',
    'oauth2',
    'bearer',
    'header',
    'basic',
    'webhook-signing',
    'service-account',
  ])('knows the type %s', (type) => {
    expect(supportsAuthMethod(methods, type)).toBe(true);
    expect(supportsAuthMethod([], type)).toBe(false);
  });
});

describe('auth headers', () => {
  it.each<[string, IntegrationAuthConfig, Record<string, string>, Record<string, string>]>([
    [
      'api key with prefix',
      { type: 'api-key', headerName: 'X-K', prefix: 'Key ' },
      { apiKey: 'k' },
      { 'X-K': 'Key k' },
    ],
    ['bearer', { type: 'bearer' }, { accessToken: 't' }, { Authorization: 'Bearer t' }],
    [
      'header, its secret under its own name',
      { type: 'header', headerName: 'X-T', valuePrefix: 'T ' },
      { 'X-T': 'v' },
      { 'X-T': 'T v' },
    ],
    ['basic', { type: 'basic' }, { username: 'u', password: 'p' }, { Authorization: 'Basic dTpw' }],
    ['oauth2', oauth2, { accessToken: 't' }, { Authorization: 'Bearer t' }],
    ['service account', { type: 'service-account', credentialFormat: 'json-key' }, { apiKey: 'k' }, {}],
    ['webhook signing', signing, { apiKey: 'k' }, {}],
    ['missing secrets', { type: 'api-key' }, {}, {}],
  ])('%s', (_name, config, secrets, headers) => {
    expect(buildAuthHeaders(config, secrets)).toEqual(headers);
  });
});

describe('webhook helpers', () => {
  const payload = '{"a":1}';
  // HMAC-SHA256 of the payload with the key `secret`, as any implementation gives it.
  async function sign(): Promise<string> {
    const encoder = new TextEncoder();
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', encoder.encode('secret'), algorithm, false, ['sign']);
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(payload)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  it('accept a valid signature, with and without its name, and no other', async () => {
    const signature = await sign();
    expect(verifyWebhookSignature(signing, 'secret', payload, signature)).toBe(true);
    expect(verifyWebhookSignature(signing, 'secret', payload, `sha256=${signature}`)).toBe(true);
    expect(verifyWebhookSignature(signing, 'secret', payload, 'a'.repeat(64))).toBe(false);
    expect(verifyWebhookSignature(signing, 'secret', payload, 'short')).toBe(false);
  });

  it('do not know Ed25519', () => {
    const config = { ...signing, algorithm: 'ed25519' as const };
    expect(() => verifyWebhookSignature(config, 'secret', payload, 'aa')).toThrow(/Ed25519/);
  });

  it.each([
    ['recent', String(Math.floor(Date.now() / 1000)), true],
    ['ten minutes old', String(Math.floor(Date.now() / 1000) - 600), false],
    ['missing', undefined, true],
    ['no number', 'yesterday', false],
  ])('judge a %s timestamp', (_name, timestamp, isValid) => {
    expect(isWebhookTimestampValid(timestamp)).toBe(isValid);
  });
});

describe('OAuth 2 helpers', () => {
  const state = { accessToken: 'old', refreshToken: 'refresh-1', tokenType: 'Bearer' };
  const client = { clientId: 'client', clientSecret: 'client-secret' };
  const answering = (status: number, body: unknown) =>
    vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => Response.json(body, { status }));

  it.each([
    ['no end', undefined, false],
    ['an end that is past', -1_000, true],
    ['an end within the buffer', 30_000, true],
    ['an end that is far', 3_600_000, false],
  ])('a token with %s', (_name, inMs, isExpired) => {
    const expiresAt = inMs === undefined ? {} : { expiresAt: new Date(Date.now() + inMs).toISOString() };
    expect(isOAuth2TokenExpired({ ...state, ...expiresAt })).toBe(isExpired);
  });

  it('build the address to which a user is sent', () => {
    const params = { clientId: 'client', redirectUri: 'https://app.example.com/cb', state: 's', codeChallenge: 'c' };
    const url = new URL(buildOAuth2AuthorizationUrl(oauth2, params));
    expect(url.origin + url.pathname).toBe('https://auth.example.com/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://app.example.com/cb',
      scope: 'read write',
      state: 's',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
    const { authorizationUrl: _url, ...without } = oauth2;
    expect(() => buildOAuth2AuthorizationUrl(without, params)).toThrow(/authorizationUrl/);
  });

  it('refresh a token', async () => {
    const fetch = answering(200, { access_token: 'new', refresh_token: 'refresh-2', expires_in: 3600 });
    const refreshed = await refreshOAuth2Token(oauth2, state, client, fetch);
    expect(refreshed).toMatchObject({ accessToken: 'new', refreshToken: 'refresh-2' });
    expect(refreshed.expiresAt).toBeDefined();
  });

  it('reject a refresh without a refresh token, and one that is refused', async () => {
    const bare = { accessToken: 'old', tokenType: 'Bearer' };
    await expect(refreshOAuth2Token(oauth2, bare, client, answering(200, {}))).rejects.toThrow(/no refresh_token/);
    await expect(refreshOAuth2Token(oauth2, state, client, answering(400, {}))).rejects.toThrow(/token refresh failed/);
  });

  it('exchange a code with one request', async () => {
    const fetch = answering(200, { access_token: 'new', refresh_token: 'refresh-1' });
    const exchange = { code: 'code', redirectUri: 'https://app.example.com/cb', ...client };
    expect(await exchangeOAuth2Code(oauth2, exchange, fetch)).toMatchObject({
      accessToken: 'new',
      refreshToken: 'refresh-1',
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
