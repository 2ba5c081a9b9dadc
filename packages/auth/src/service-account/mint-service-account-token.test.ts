import type { ServiceAccountAuthConfig } from '@mortise/core';
import { FakeClock, findCanary } from '@mortise/testing';
import { bodyText } from '../__fixtures__/body-text.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../encoding/base64.ts';
import { AuthError } from '../errors/auth-error.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { FetchLike } from '../oauth/transport.ts';
import { mintServiceAccountToken, type ServiceAccountOptions } from './mint-service-account-token.ts';

interface TestKey {
  readonly pem: string;
  verify(jwt: string): Promise<{ header: Record<string, unknown>; claims: Record<string, unknown> }>;
}

async function makeKey(): Promise<TestKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  const lines = toBase64(pkcs8).replace(/.{64}/g, '$&\n');
  return {
    pem: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    verify: async (jwt) => {
      const [header = '', claims = '', signature = ''] = jwt.split('.');
      const signed = new TextEncoder().encode(`${header}.${claims}`);
      expect(await crypto.subtle.verify(algorithm, publicKey, bytesOf(signature), signed)).toBe(true);
      return { header: jsonOf(header), claims: jsonOf(claims) };
    },
  };
}

function bytesOf(base64Url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function jsonOf(base64Url: string): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(bytesOf(base64Url)));
}

let key: TestKey;
beforeAll(async () => {
  key = await makeKey();
});

const keyFile = (overrides: object = {}): string =>
  JSON.stringify({
    type: 'service_account',
    client_email: 'robot@project.example',
    private_key: key.pem,
    private_key_id: 'key-1',
    token_uri: 'https://token.example/token',
    ...overrides,
  });

function answering(body: object, status = 200) {
  const sent: { url: string; headers: Headers; form: URLSearchParams }[] = [];
  const fetch: FetchLike = async (url, { headers, body: form }) => {
    sent.push({ url, headers: new Headers(headers), form: new URLSearchParams(bodyText(form)) });
    return Response.json(body, { status });
  };
  return { fetch, sent };
}

const GOOGLE: ServiceAccountAuthConfig = {
  type: 'service-account',
  credentialFormat: 'json-key',
  credentialField: 'keyFile',
  scopes: ['scope/a', 'scope/b'],
};

async function failureOf(method: ServiceAccountAuthConfig, options: ServiceAccountOptions): Promise<unknown> {
  return mintServiceAccountToken(method, options).then(
    () => expect.unreachable('a token came'),
    (reason: unknown) => reason,
  );
}

describe('a signed assertion', () => {
  it('is exchanged for a token, as Google has it', async () => {
    const clock = new FakeClock();
    const nowSeconds = clock.now() / 1_000;
    const { fetch, sent } = answering({ access_token: 'ya29', expires_in: 3_599, token_type: 'Bearer' });
    const token = await mintServiceAccountToken(
      { ...GOOGLE, subjectField: 'mailbox' },
      { secrets: { keyFile: keyFile() }, config: { mailbox: 'ann@example.com' }, fetch, clock },
    );
    expect(token).toEqual({
      accessToken: 'ya29',
      tokenType: 'Bearer',
      expiresAt: new Date(clock.now() + 3_599_000).toISOString(),
    });
    expect(sent.map(({ url }) => url)).toEqual(['https://token.example/token']);
    const form = Object.fromEntries(sent[0]?.form ?? []);
    expect(Object.keys(form).sort()).toEqual(['assertion', 'grant_type']);
    expect(form['grant_type']).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { header, claims } = await key.verify(form['assertion'] ?? '');
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(claims).toEqual({
      iss: 'robot@project.example',
      sub: 'ann@example.com',
      aud: 'https://token.example/token',
      scope: 'scope/a scope/b',
      iat: nowSeconds - 30,
      exp: nowSeconds + 3_570,
    });
  });

  it('is made from a secret that is the key file itself, and from a bare key', async () => {
    const { fetch, sent } = answering({ access_token: 'a' });
    const { credentialField: _field, ...itself } = GOOGLE;
    await mintServiceAccountToken(itself, { secrets: JSON.parse(keyFile()), fetch });
    await mintServiceAccountToken(
      {
        type: 'service-account',
        credentialFormat: 'pem',
        issuerField: 'appId',
        tokenUrl: 'https://{host}.token.example/t',
        audience: 'aud-1',
      },
      // Keys that went through an environment variable have their line breaks written out.
      { secrets: { privateKey: key.pem.replaceAll('\n', '\\n') }, config: { appId: 7, host: 'eu' }, fetch },
    );
    expect(sent[1]?.url).toBe('https://eu.token.example/t');
    const { claims } = await key.verify(sent[1]?.form.get('assertion') ?? '');
    expect(claims).toMatchObject({ iss: '7', aud: 'aud-1' });
  });

  it('is refused with what the server says, and shows neither key nor assertion', async () => {
    const fetch: FetchLike = async (_url, { body }) =>
      Response.json({ error: 'invalid_grant', error_description: `bad ${bodyText(body)}` }, { status: 400 });
    const error = await failureOf(GOOGLE, { secrets: { keyFile: keyFile() }, fetch });
    expect(error).toMatchObject({ code: 'INVALID_GRANT', status: 400 });
    expect(OAuthError.is(error)).toBe(true);
    for (const line of key.pem.split('\n').slice(1, 4)) expect(findCanary(error, line)).toEqual([]);
    expect(String(error)).not.toContain('eyJ');
  });

  it('goes nowhere but to https', async () => {
    const { fetch, sent } = answering({ access_token: 'a' });
    const error = await failureOf(GOOGLE, {
      secrets: { keyFile: keyFile({ token_uri: 'http://169.254.169.254/t' }) },
      fetch,
    });
    expect(error).toMatchObject({ code: 'FORBIDDEN_URL' });
    expect(sent).toEqual([]);
  });
});

describe('an app’s own token', () => {
  const APP: ServiceAccountAuthConfig = {
    type: 'service-account',
    credentialFormat: 'pem',
    grant: 'app-jwt',
    issuerField: 'appId',
    assertionLifetimeSeconds: 600,
  };

  it('is a signed JWT that lives no longer than the vendor allows', async () => {
    const clock = new FakeClock();
    const token = await mintServiceAccountToken(APP, {
      secrets: { privateKey: key.pem },
      config: { appId: 'Iv1.app' },
      clock,
    });
    const { claims } = await key.verify(token.accessToken);
    expect(claims).toEqual({ iss: 'Iv1.app', iat: clock.now() / 1_000 - 30, exp: clock.now() / 1_000 + 570 });
    expect(token.expiresAt).toBe(new Date(clock.now() + 570_000).toISOString());
  });

  it('is exchanged for an installation’s, as GitHub has it', async () => {
    const { fetch, sent } = answering(
      { token: 'ghs_x', expires_at: '2030-01-01T00:00:00Z', permissions: { issues: 'read' } },
      201,
    );
    const token = await mintServiceAccountToken(
      { ...APP, tokenUrl: 'https://api.example.com/app/installations/{installationId}/access_tokens' },
      { secrets: { privateKey: key.pem }, config: { appId: 1, installationId: 42 }, fetch, clock: new FakeClock() },
    );
    expect(token).toMatchObject({ accessToken: 'ghs_x', expiresAt: '2030-01-01T00:00:00.000Z', tokenType: 'Bearer' });
    expect(JSON.stringify(token.extra)).not.toContain('ghs_x');
    expect(sent[0]?.url).toBe('https://api.example.com/app/installations/42/access_tokens');
    const [scheme, jwt = ''] = sent[0]?.headers.get('authorization')?.split(' ') ?? [];
    expect(scheme).toBe('Bearer');
    expect((await key.verify(jwt)).claims).toMatchObject({ iss: '1' });
  });
});

describe('a key that cannot be used', () => {
  it.each<[string, ServiceAccountAuthConfig, () => Record<string, string>, object]>([
    ['is missing', GOOGLE, () => ({}), { code: 'MISSING_FIELD', field: 'keyFile' }],
    ['is no JSON', GOOGLE, () => ({ keyFile: 'canary-0815{' }), { code: 'INVALID_KEY', field: 'keyFile' }],
    ['has no private key', GOOGLE, () => ({ keyFile: '{"type":"external_account"}' }), { code: 'INVALID_KEY' }],
    ['is no PEM', GOOGLE, () => ({ keyFile: keyFile({ private_key: 'canary-0815' }) }), { code: 'INVALID_KEY' }],
    [
      'is encrypted',
      GOOGLE,
      () => ({ keyFile: keyFile({ private_key: key.pem.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') }) }),
      { code: 'INVALID_KEY' },
    ],
    [
      'is a certificate',
      GOOGLE,
      () => ({ keyFile: keyFile({ private_key: key.pem.replaceAll('PRIVATE KEY', 'CERTIFICATE') }) }),
      { code: 'INVALID_KEY' },
    ],
    [
      'is damaged',
      GOOGLE,
      () => ({ keyFile: keyFile({ private_key: key.pem.replace(/\n.{64}\n/, '\n') }) }),
      { code: 'INVALID_KEY' },
    ],
    ['is PKCS #12', { ...GOOGLE, credentialFormat: 'p12' }, () => ({ keyFile: 'x' }), { code: 'UNSUPPORTED' }],
    [
      'names no issuer',
      GOOGLE,
      () => ({ keyFile: keyFile({ client_email: '' }) }),
      { code: 'MISSING_FIELD', field: 'client_email' },
    ],
  ])('%s', async (_name, method, secretsOf, expected) => {
    const { fetch, sent } = answering({ access_token: 'a' });
    const error = await failureOf(method, { secrets: secretsOf(), fetch });
    expect(error).toMatchObject(expected);
    expect(AuthError.is(error)).toBe(true);
    expect(findCanary(error, 'canary-0815')).toEqual([]);
    expect(findCanary(error, key.pem.split('\n')[2] ?? '')).toEqual([]);
    expect(sent).toEqual([]);
  });
});
