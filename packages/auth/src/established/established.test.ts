import type { IntegrationAuthConfig, OAuth2AuthConfig, WebhookSigningAuthConfig } from '@mortise/core';
import fc from 'fast-check';
import { bodyText } from '../__fixtures__/body-text.ts';
import { describe, expect, it } from 'vitest';
import {
  buildAuthHeaders,
  buildOAuth2AuthorizationUrl,
  exchangeOAuth2Code,
  isOAuth2TokenExpired,
  isWebhookTimestampValid,
  refreshOAuth2Token,
  verifyWebhookSignature,
} from '../index.ts';

const config: OAuth2AuthConfig = {
  type: 'oauth2',
  grantType: 'authorization_code',
  authorizationUrl: 'https://auth.example.com/authorize?tenant=1',
  tokenUrl: 'https://auth.example.com/token',
  scopes: ['read', 'write'],
};

function answering(status: number, body: unknown) {
  const calls: { url: string; form: URLSearchParams }[] = [];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    calls,
    fetch: async (url: string, init: RequestInit) => {
      calls.push({ url, form: new URLSearchParams(bodyText(init.body)) });
      return new Response(text, { status });
    },
  };
}

describe('buildAuthHeaders', () => {
  it.each([
    [{ type: 'api-key' }, { apiKey: 'k' }, { Authorization: 'Bearer k' }],
    [{ type: 'api-key', headerName: 'X-Key', prefix: '' }, { api_key: 'k' }, { 'X-Key': 'k' }],
    [{ type: 'api-key', headerName: 'X-Key' }, { apiKey: 'k' }, { 'X-Key': 'Bearer k' }],
    [{ type: 'api-key' }, { apiKey: '', api_key: 'k' }, {}],
    [{ type: 'bearer' }, { accessToken: 't' }, { Authorization: 'Bearer t' }],
    [{ type: 'bearer', tokenField: 'x' }, { access_token: 't' }, { Authorization: 'Bearer t' }],
    [{ type: 'header', headerName: 'X-K', valuePrefix: 'p ' }, { 'X-K': 'v' }, { 'X-K': 'p v' }],
    [{ type: 'header', headerName: 'X-K' }, { apiKey: 'v' }, { 'X-K': 'v' }],
    [{ type: 'basic' }, { username: 'u', password: 'p' }, { Authorization: `Basic ${btoa('u:p')}` }],
    [{ type: 'basic' }, { username: 'u' }, { Authorization: `Basic ${btoa('u:')}` }],
    [{ type: 'basic' }, { password: 'p' }, {}],
    [config, { access_token: 't' }, { Authorization: 'Bearer t' }],
    [{ type: 'service-account', credentialFormat: 'json-key' }, { apiKey: 'k' }, {}],
    [{ type: 'webhook-signing', algorithm: 'hmac-sha1', signatureHeader: 'x' }, { apiKey: 'k' }, {}],
    [{ type: 'api-key' }, {}, {}],
  ] as const satisfies readonly (readonly [IntegrationAuthConfig, object, object])[])(
    '%j with %j',
    (method, secrets, expected) => {
      expect(buildAuthHeaders(method, { ...secrets })).toEqual(expected);
    },
  );
});

describe('buildOAuth2AuthorizationUrl', () => {
  const params = { clientId: 'c', redirectUri: 'https://app/cb', state: 's' };

  it('keeps the query and adds what the request needs', () => {
    const url = new URL(buildOAuth2AuthorizationUrl(config, { ...params, codeChallenge: 'x' }));
    expect(url.origin + url.pathname).toBe('https://auth.example.com/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '1',
      response_type: 'code',
      client_id: 'c',
      redirect_uri: 'https://app/cb',
      state: 's',
      scope: 'read write',
      code_challenge: 'x',
      code_challenge_method: 'S256',
    });
  });

  it('leaves out scopes and challenge that are not there', () => {
    const url = new URL(buildOAuth2AuthorizationUrl({ ...config, scopes: [] }, params));
    expect([url.searchParams.has('scope'), url.searchParams.has('code_challenge')]).toEqual([false, false]);
  });

  it('names the address that is missing', () => {
    const { authorizationUrl: _url, ...without } = config;
    expect(() => buildOAuth2AuthorizationUrl(without, params)).toThrow(/authorizationUrl/);
  });
});

describe('refreshOAuth2Token', () => {
  const state = { accessToken: 'a1', refreshToken: 'r1', tokenType: 'Bearer', scope: 'read' };
  const client = { clientId: 'id', clientSecret: 'very-secret' };

  it('sends the form and reads the answer', async () => {
    const { fetch, calls } = answering(200, { access_token: 'a2', refresh_token: 'r2', expires_in: 60, other: 1 });
    const before = Date.now();
    const fresh = await refreshOAuth2Token(config, state, client, fetch);
    expect(fresh).toMatchObject({
      accessToken: 'a2',
      refreshToken: 'r2',
      tokenType: 'Bearer',
      scope: 'read',
      extra: { access_token: 'a2', other: 1 },
    });
    expect(Date.parse(fresh.expiresAt ?? '') - before).toBeGreaterThanOrEqual(60_000);
    expect(calls.map(({ url, form }) => [url, Object.fromEntries(form)])).toEqual([
      [
        'https://auth.example.com/token',
        {
          grant_type: 'refresh_token',
          refresh_token: 'r1',
          client_id: 'id',
          client_secret: 'very-secret',
          scope: 'read',
        },
      ],
    ]);
  });

  it('keeps the old refresh token, and knows no lifetime that is no number', async () => {
    const { fetch } = answering(200, { access_token: 'a2', expires_in: '60' });
    const fresh = await refreshOAuth2Token(config, state, client, fetch);
    expect([fresh.refreshToken, fresh.expiresAt]).toEqual(['r1', undefined]);
  });

  it('needs a refresh token', async () => {
    const { fetch, calls } = answering(200, {});
    await expect(refreshOAuth2Token(config, { accessToken: 'a', tokenType: 'Bearer' }, client, fetch)).rejects.toThrow(
      /no refresh_token/,
    );
    expect(calls).toEqual([]);
  });

  it('says status and body of a refusal, without the secrets in it', async () => {
    const body = `{"error":"invalid_grant","hint":"r1 very-secret","access_token":"eyJhbGciOi.x.y","id":"abc123abc123abc123abc123"}`;
    const { fetch } = answering(400, body);
    const error = await refreshOAuth2Token(config, { ...state, refreshToken: 'refresh-0815' }, client, fetch).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(/token refresh failed \(400\): .*invalid_grant/);
    expect(String(error)).not.toMatch(/very-secret|eyJhb|abc123abc123/);
  });

  it('is no success without an access token', async () => {
    const { fetch } = answering(200, { error: 'bad_refresh_token' });
    await expect(refreshOAuth2Token(config, state, client, fetch)).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });
});

describe('exchangeOAuth2Code', () => {
  const exchange = { code: 'code-1', redirectUri: 'https://app/cb', clientId: 'id', clientSecret: 's' };

  it('sends one request', async () => {
    const { fetch, calls } = answering(200, { access_token: 'a', refresh_token: 'r', token_type: 'bearer' });
    expect(await exchangeOAuth2Code(config, { ...exchange, codeVerifier: 'v' }, fetch)).toMatchObject({
      accessToken: 'a',
      refreshToken: 'r',
      tokenType: 'bearer',
    });
    expect(calls.map(({ form }) => form.get('code_verifier'))).toEqual(['v']);
  });

  it('says what failed', async () => {
    const { fetch } = answering(500, 'oops');
    await expect(exchangeOAuth2Code(config, exchange, fetch)).rejects.toThrow(/code exchange failed \(500\): oops/);
  });
});

describe('isOAuth2TokenExpired', () => {
  const at = (ms: number) => ({
    accessToken: 'a',
    tokenType: 'Bearer',
    expiresAt: new Date(Date.now() + ms).toISOString(),
  });

  it.each([
    ['without an end', { accessToken: 'a', tokenType: 'Bearer' }, false],
    ['past', at(-1_000), true],
    ['within the buffer', at(30_000), true],
    ['far', at(3_600_000), false],
    ['unreadable', { accessToken: 'a', tokenType: 'Bearer', expiresAt: 'soon' }, true],
  ])('%s: %s', (_name, state, expected) => {
    expect(isOAuth2TokenExpired(state)).toBe(expected);
  });

  it('takes the buffer that it is given', () => {
    expect(isOAuth2TokenExpired(at(30_000), 1_000)).toBe(false);
  });
});

describe('verifyWebhookSignature', () => {
  const method = (algorithm: WebhookSigningAuthConfig['algorithm']): WebhookSigningAuthConfig => ({
    type: 'webhook-signing',
    algorithm,
    signatureHeader: 'x',
  });
  const sign = async (hash: string, secret: string, body: string): Promise<string> => {
    const encoder = new TextEncoder();
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash }, false, ['sign']);
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(body)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  it('accepts what Web Crypto signs, bare or with a name, in any case', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.string(), async (secret, body) => {
        const signature = await sign('SHA-256', secret, body);
        expect(verifyWebhookSignature(method('hmac-sha256'), secret, body, signature)).toBe(true);
        expect(verifyWebhookSignature(method('hmac-sha256'), secret, body, `sha256=${signature.toUpperCase()}`)).toBe(
          true,
        );
        expect(verifyWebhookSignature(method('hmac-sha256'), secret, `${body}x`, signature)).toBe(false);
        expect(verifyWebhookSignature(method('hmac-sha1'), secret, body, signature)).toBe(false);
        const old = await sign('SHA-1', secret, body);
        expect(verifyWebhookSignature(method('hmac-sha1'), secret, new TextEncoder().encode(body), old)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('never throws on what came in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (signature) => {
        expect(verifyWebhookSignature(method('hmac-sha256'), 's', 'body', signature)).toBe(false);
      }),
    );
    expect(verifyWebhookSignature(method('hmac-sha256'), '', 'body', '00')).toBe(false);
    expect(verifyWebhookSignature(method('hmac-sha256'), 's', 'body', 'zz'.repeat(32))).toBe(false);
  });

  it('says that it does not know Ed25519', () => {
    expect(() => verifyWebhookSignature(method('ed25519'), 's', '', '')).toThrow(/Ed25519/);
  });
});

describe('isWebhookTimestampValid', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['soon', false],
    [String(Math.floor(Date.now() / 1_000)), true],
    [String(Date.now()), true],
    [String(Math.floor(Date.now() / 1_000) - 600), false],
    [String(Math.floor(Date.now() / 1_000) + 600), false],
  ])('%s: %s', (header, expected) => {
    expect(isWebhookTimestampValid(header)).toBe(expected);
  });
});
