import { generateKeyPairSync } from 'node:crypto';
import type { OAuth2AuthConfig, OAuth2TokenState } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuthClock } from '../auth-clock.ts';
import { systemAuthClock } from '../auth-clock.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  DEVICE_SUCCESS,
  REDIRECT_URI,
  startAuthorizationServer,
} from '../file/__fixtures__/authorization-server.ts';
import { Browser } from '../file/__fixtures__/browser.ts';
import { OAuthClient } from './oauth-client.ts';
import type { OAuthClientOptions } from './oauth-client-options.ts';

const SECRET = createCanary(11, 'token');
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

type ClientMetadata = AuthorizationServerOptions['clients'][number];

function registered(method: ClientMetadata['token_endpoint_auth_method']): ClientMetadata {
  return {
    client_id: 'app-1.2_3',
    client_secret: SECRET,
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_GRANT],
    ...(method === undefined ? {} : { token_endpoint_auth_method: method }),
  };
}

function methodAt(issuer: string, overrides: Partial<OAuth2AuthConfig> = {}): OAuth2AuthConfig {
  return {
    type: 'oauth2',
    grantType: 'authorization_code',
    authorizationUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    revocationUrl: `${issuer}/token/revocation`,
    introspectionUrl: `${issuer}/token/introspection`,
    deviceAuthorizationUrl: `${issuer}/device/auth`,
    scopes: ['openid', 'offline_access', 'read'],
    authorizationParams: { prompt: 'consent' },
    clientAuthentication: 'basic',
    ...overrides,
  };
}

interface Setup {
  readonly server: AuthorizationServer;
  readonly client: OAuthClient;
}

async function setUp(
  metadata: ClientMetadata,
  overrides: Partial<OAuth2AuthConfig> = {},
  options: Partial<OAuthClientOptions> = {},
): Promise<Setup> {
  const server = await startAuthorizationServer({ clients: [metadata] });
  onTestFinished(server.close);
  const client = new OAuthClient(methodAt(server.issuer, overrides), {
    config: { clientId: metadata.client_id },
    secrets: { clientSecret: SECRET },
    allowInsecureLoopback: true,
    issuer: server.issuer,
    ...options,
  });
  return { server, client };
}

async function authorize(client: OAuthClient): Promise<OAuth2TokenState> {
  const pending = await client.beginAuthorization({ redirectUri: REDIRECT_URI });
  const { url } = await new Browser().walk(pending.url, (page) => page.startsWith(REDIRECT_URI));
  return client.completeAuthorization(url, pending);
}

async function failureOf(action: Promise<unknown>): Promise<OAuthError> {
  const error = await action.then(
    () => expect.unreachable('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!OAuthError.is(error)) throw error;
  return error;
}

/** A clock whose waits are over at once, and are written down. */
function hastyClock(onSleep: (ms: number) => Promise<void> | void = () => {}): AuthClock & { waits: number[] } {
  const waits: number[] = [];
  return {
    ...systemAuthClock,
    waits,
    sleep: async (ms) => {
      waits.push(ms);
      await onSleep(ms);
    },
  };
}

describe('the code flow with PKCE', () => {
  it.each(['basic', 'post'] as const)('gives a token to a client that proves itself by %s', async (way) => {
    const { server, client } = await setUp(registered(`client_secret_${way}`), { clientAuthentication: way });
    const token = await authorize(client);
    expect(token).toMatchObject({ tokenType: 'Bearer', scope: 'openid offline_access read' });
    expect(token.extra).toBeUndefined();
    expect(await client.introspect(token.accessToken)).toMatchObject({ isActive: true, subject: 'alice' });
    const lifeMs = Date.parse(token.expiresAt ?? '') - Date.now();
    expect(lifeMs).toBeGreaterThan(3_590_000);
    expect(lifeMs).toBeLessThanOrEqual(3_600_000);
    expect(server.tokenRequests).toEqual(['authorization_code 200']);
  });

  it('gives a token to a public client', async () => {
    const { client_secret: _secret, ...metadata } = registered('none');
    const { client } = await setUp(
      { ...metadata, grant_types: ['authorization_code', 'refresh_token'] },
      { clientAuthentication: 'none' },
      { secrets: {} },
    );
    const token = await authorize(client);
    expect((await client.refresh(token)).accessToken).not.toBe(token.accessToken);
  });

  it.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ] as const)('gives a token to a client that signs with an %s key', async (name, makeKeys) => {
    const { publicKey, privateKey } = makeKeys();
    const { client_secret: _secret, ...metadata } = registered('private_key_jwt');
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' };
    const { client } = await setUp(
      {
        ...metadata,
        jwks: { keys: [{ ...jwk, kty: jwk.kty ?? '' }] },
        token_endpoint_auth_signing_alg: name === 'RSA' ? 'RS256' : 'ES256',
      },
      { clientAuthentication: 'private_key_jwt' },
      {
        secrets: {
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
          privateKeyId: 'k1',
        },
      },
    );
    const token = await authorize(client);
    expect(await client.introspect(token.accessToken)).toMatchObject({ isActive: true });
    expect(await client.requestClientCredentials({ scopes: ['read'] })).toMatchObject({ scope: 'read' });
  });

  it('accepts no callback of another authorization, another issuer or without a code', async () => {
    const { server, client } = await setUp(registered('client_secret_basic'));
    const pending = await client.beginAuthorization({ redirectUri: REDIRECT_URI });
    const other = await client.beginAuthorization({ redirectUri: REDIRECT_URI });
    const { url } = await new Browser().walk(pending.url, (page) => page.startsWith(REDIRECT_URI));
    expect(await failureOf(client.completeAuthorization(url, other))).toMatchObject({ code: 'INVALID_CALLBACK' });
    const foreign = new URL(url);
    foreign.searchParams.set('iss', 'https://evil.example');
    expect(await failureOf(client.completeAuthorization(foreign, pending))).toMatchObject({ code: 'INVALID_CALLBACK' });
    expect(server.tokenRequests).toEqual([]);
    expect((await client.completeAuthorization(url, pending)).accessToken).not.toBe('');
  });

  it('exchanges a code once, and only with the verifier that it was begun with', async () => {
    const { client } = await setUp(registered('client_secret_basic'));
    const pending = await client.beginAuthorization({ redirectUri: REDIRECT_URI });
    const { url } = await new Browser().walk(pending.url, (page) => page.startsWith(REDIRECT_URI));
    const wrong = { ...pending, codeVerifier: 'x'.repeat(43) };
    expect(await failureOf(client.completeAuthorization(url, wrong))).toMatchObject({
      code: 'INVALID_GRANT',
      status: 400,
    });
    const again = await client.beginAuthorization({ redirectUri: REDIRECT_URI });
    const second = await new Browser().walk(again.url, (page) => page.startsWith(REDIRECT_URI));
    await client.completeAuthorization(second.url, again);
    expect(await failureOf(client.completeAuthorization(second.url, again))).toMatchObject({ code: 'INVALID_GRANT' });
  });

  it('tells a wrong client secret from a wrong grant, and shows it nowhere', async () => {
    const { server, client } = await setUp(registered('client_secret_basic'));
    const token = await authorize(client);
    const wrong = createCanary(12, 'token');
    const stranger = new OAuthClient(methodAt(server.issuer), {
      config: { clientId: 'app-1.2_3' },
      secrets: { clientSecret: wrong },
      allowInsecureLoopback: true,
    });
    const error = await failureOf(stranger.refresh(token));
    expect(error).toMatchObject({ code: 'INVALID_CLIENT', status: 401, oauthCode: 'invalid_client', retryable: false });
    for (const secret of [wrong, token.refreshToken ?? '', token.accessToken]) {
      expect(findCanary(error, secret)).toEqual([]);
    }
  });
});

describe('refresh rotation', () => {
  it('gives a new pair each time; an old token used again ends the grant', async () => {
    const { client } = await setUp(registered('client_secret_basic'));
    const first = await authorize(client);
    const second = await client.refresh(first);
    const third = await client.refresh(second);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect(third.scope).toBe(first.scope);
    expect(await failureOf(client.refresh(first))).toMatchObject({ code: 'INVALID_GRANT', outcomeUnknown: false });
    expect(await failureOf(client.refresh(third))).toMatchObject({ code: 'INVALID_GRANT' });
    expect(await client.introspect(third.accessToken)).toMatchObject({ isActive: false });
  });
});

describe('the device flow', () => {
  it('polls until the user has let the device in', async () => {
    let uri = '';
    const clock = hastyClock(async () => {
      if (clock.waits.length < 3) return;
      await new Browser().walk(uri, (_url, page) => page === DEVICE_SUCCESS);
    });
    const { server, client } = await setUp(registered('client_secret_basic'), {}, { clock });
    const device = await client.beginDeviceAuthorization();
    expect(device.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    uri = device.verificationUriComplete ?? '';
    const token = await client.completeDeviceAuthorization(device);
    expect(await client.introspect(token.accessToken)).toMatchObject({ isActive: true });
    expect(clock.waits).toEqual([5_000, 5_000, 5_000]);
    expect(server.tokenRequests).toEqual([`${DEVICE_GRANT} 400`, `${DEVICE_GRANT} 400`, `${DEVICE_GRANT} 200`]);
  });
});

describe('client credentials, revocation and introspection', () => {
  it('give the client a token of its own, without a refresh token', async () => {
    const { client } = await setUp(registered('client_secret_basic'));
    const token = await client.requestClientCredentials({ scopes: ['read'] });
    expect(token).toMatchObject({ tokenType: 'Bearer', scope: 'read' });
    expect(token.refreshToken).toBeUndefined();
  });

  it('end a grant with both its tokens', async () => {
    const { client } = await setUp(registered('client_secret_basic'));
    const token = await authorize(client);
    await client.revoke(token);
    expect(await client.introspect(token.accessToken)).toMatchObject({ isActive: false });
    expect(await failureOf(client.refresh(token))).toMatchObject({ code: 'INVALID_GRANT' });
    await client.revoke(token);
  });
});
