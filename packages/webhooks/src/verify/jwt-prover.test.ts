import type { JwtVerification, WebhookContract } from '@mortise/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { asIf } from '../__fixtures__/as-if.ts';
import { generate, serve } from '../__fixtures__/vendor-keys.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { platformDigests } from '../crypto/digests.ts';
import type { KeySets } from '../keys/key-sets.ts';
import { signWebhook } from '../sign/sign-webhook.ts';
import { verifyWebhook, type VerifyWebhookOptions } from './verify-webhook.ts';

const NOW_MS = 1_795_435_200_000;
const NOW = NOW_MS / 1000;

const ec = {
  scheme: 'jwt',
  algorithm: 'ES256',
  key: { keySetUrl: 'https://vendor.test/keys', format: 'jwks' },
} as const;
const hs = { scheme: 'jwt', algorithm: 'HS256', key: { secretField: 'secret' } } as const;
const secrets = { secret: 'shared secret of both' };

let pair: Awaited<ReturnType<typeof generate>>;
let other: Awaited<ReturnType<typeof generate>>;
let keySets: KeySets;
let publicJwk: object;

beforeAll(async () => {
  pair = await generate({ name: 'ECDSA', namedCurve: 'P-256' });
  other = await generate({ name: 'ECDSA', namedCurve: 'P-256' });
  publicJwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  keySets = serve({
    keys: [
      { ...publicJwk, kid: 'k1' },
      { ...(await crypto.subtle.exportKey('jwk', other.publicKey)), kid: 'k2' },
    ],
  });
});

const encode = (value: unknown): string =>
  encodeBase64(utf8(typeof value === 'string' ? value : JSON.stringify(value)), 'base64url');

/** A token of whatever header and claims, signed with a secret. */
async function tokenOf(
  header: unknown,
  claims: unknown,
  secret: string | Uint8Array = secrets.secret,
): Promise<string> {
  const content = `${encode(header)}.${encode(claims)}`;
  const mac = await platformDigests()
    .macKey('sha256', typeof secret === 'string' ? utf8(secret) : secret)
    .sign([content]);
  return `${content}.${encodeBase64(mac, 'base64url')}`;
}

async function reasonOf(
  verification: JwtVerification,
  token: string,
  options: VerifyWebhookOptions = {},
): Promise<string> {
  const request = { headers: { [verification.header ?? 'authorization']: token }, rawBody: '{}' };
  const result = await verifyWebhook({ verification }, request, secrets, { now: () => NOW_MS, keySets, ...options });
  return result.ok ? 'accepted' : result.reason;
}

const claims = { exp: NOW + 60, iat: NOW };

describe('a token signed with a shared secret', () => {
  it('is accepted as a bearer token, and by itself in another header', async () => {
    const token = await tokenOf({ alg: 'HS256' }, claims);
    expect(await reasonOf(hs, `Bearer ${token}`)).toBe('accepted');
    expect(await reasonOf(hs, `bearer  ${token}`)).toBe('accepted');
    expect(await reasonOf({ ...hs, header: 'x-token' }, token)).toBe('accepted');
    expect(await reasonOf({ ...hs, header: 'x-token' }, `Bearer ${token}`)).toBe('malformed');
  });

  it.each([
    [{ alg: 'none' }],
    [{ alg: 'None' }],
    [{ alg: 'hs256' }],
    [{ alg: 'HS512' }],
    [{ alg: 'RS256' }],
    [{ alg: ['HS256'] }],
    [{}],
    [[]],
    ['null'],
    ['"HS256"'],
    [{ alg: 'HS256', crit: ['exp'] }],
    [{ alg: 'HS256', crit: null }],
  ])('is refused with the header %j, though its signature is right', async (header) => {
    expect(await reasonOf(hs, await tokenOf(header, claims))).toBe('malformed');
  });

  it('is refused without a signature', async () => {
    const token = await tokenOf({ alg: 'HS256' }, claims);
    const [header, payload] = token.split('.');
    for (const text of [
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${'x'.repeat(20_000)}`,
      `${token}.`,
      `.${token}`,
      '',
      '..',
      'a.b.c',
    ])
      expect(['malformed', 'missing_header']).toContain(await reasonOf(hs, text));
    expect(await reasonOf(hs, `${header}.${payload}.AA`)).toBe('no_match');
  });

  it.each([
    ['no end', { iat: NOW }, 'malformed'],
    ['an end that is text', { exp: String(NOW + 60) }, 'malformed'],
    ['a beginning that is text', { exp: NOW + 60, nbf: '0' }, 'malformed'],
    ['an end that is past', { exp: NOW - 60 }, 'timestamp_out_of_tolerance'],
    ['an end that is past by less than clocks differ', { exp: NOW - 59 }, 'accepted'],
    ['a beginning to come', { exp: NOW + 600, nbf: NOW + 61 }, 'timestamp_out_of_tolerance'],
    ['a time of issue to come', { exp: NOW + 600, iat: NOW + 61 }, 'timestamp_out_of_tolerance'],
    ['claims that are no object', [1], 'malformed'],
    ['claims that are no JSON', '{', 'malformed'],
  ])('is judged by its claims: %s', async (_what, payload, expected) => {
    expect(await reasonOf(hs, await tokenOf({ alg: 'HS256' }, payload))).toBe(expected);
  });

  it('needs the secret', async () => {
    expect(await reasonOf({ ...hs, key: { secretField: 'absent' } }, await tokenOf({ alg: 'HS256' }, claims))).toBe(
      'no_secret',
    );
    expect(await reasonOf(hs, await tokenOf({ alg: 'HS256' }, claims, 'another'))).toBe('no_match');
  });
});

describe('a token signed with a private key', () => {
  const contract = (more: Partial<JwtVerification> = {}): WebhookContract => ({
    verification: { ...ec, ...more },
  });
  const sign = async (options: Parameters<typeof signWebhook>[3] = {}, of = contract()) => {
    const sent = await signWebhook(
      of,
      { body: '{}', timestampMs: NOW_MS },
      {},
      { privateKey: pair.privateKey, keyId: 'k1', ...options },
    );
    return sent.headers['Authorization'] ?? '';
  };

  it('is accepted by the key that it names, or by any where it names none', async () => {
    expect(await reasonOf(ec, await sign())).toBe('accepted');
    const { keyId: _, ...unnamed } = { keyId: 'k1', privateKey: pair.privateKey };
    const sent = await signWebhook(contract(), { body: '{}', timestampMs: NOW_MS }, {}, unnamed);
    expect(await reasonOf(ec, sent.headers['Authorization'] ?? '')).toBe('accepted');
    expect(await reasonOf(ec, await sign({ keyId: 'k2' }))).toBe('no_match');
    expect(await reasonOf(ec, await sign({ keyId: 'k3' }))).toBe('no_match');
  });

  it('cannot be made with the public key as a shared secret', async () => {
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
    for (const secret of [spki, JSON.stringify(publicJwk)]) {
      expect(await reasonOf(ec, await tokenOf({ alg: 'HS256', kid: 'k1' }, claims, secret))).toBe('malformed');
      expect(await reasonOf(ec, await tokenOf({ alg: 'ES256', kid: 'k1' }, claims, secret))).toBe('no_match');
    }
  });

  it('brings no key of its own', async () => {
    const header = { alg: 'ES256', jwk: publicJwk, jku: 'https://evil.test/keys', x5u: 'https://evil.test/cert' };
    expect(await reasonOf(ec, await tokenOf(header, claims))).toBe('no_match');
  });

  it.each([
    ['issuer', [{ issuer: 'https://a.test' }, { iss: 'https://a.test' }, {}], 'accepted'],
    ['one of several issuers', [{ issuer: ['x', 'https://a.test'] }, { iss: 'https://a.test' }, {}], 'accepted'],
    ['another issuer', [{ issuer: 'https://a.test' }, { iss: 'https://a.test.evil' }, {}], 'no_match'],
    ['a list of issuers', [{ issuer: 'https://a.test' }, { iss: ['https://a.test'] }, {}], 'no_match'],
    ['audience', [{ audienceField: 'aud' }, { aud: 'me' }, { aud: 'me' }], 'accepted'],
    ['audience among others', [{ audienceField: 'aud' }, { aud: ['you', 'me'] }, { aud: 'me' }], 'accepted'],
    ['another audience', [{ audienceField: 'aud' }, { aud: ['you'] }, { aud: 'me' }], 'no_match'],
    ['no expected audience', [{ audienceField: 'aud' }, { aud: 'me' }, {}], 'no_secret'],
    ['an empty expected audience', [{ audienceField: 'aud' }, { aud: '' }, { aud: '' }], 'no_secret'],
    ['sender', [{ claimFields: { email: 'sender' } }, { email: 'a@b' }, { sender: 'a@b' }], 'accepted'],
    ['another sender', [{ claimFields: { email: 'sender' } }, { email: 'x@b' }, { sender: 'a@b' }], 'no_match'],
    ['no sender', [{ claimFields: { email: 'sender' } }, { email: undefined }, { sender: 'a@b' }], 'no_match'],
    ['a list of senders', [{ claimFields: { email: 'sender' } }, { email: ['a@b'] }, { sender: 'a@b' }], 'no_match'],
    ['fixed claim', [{ claims: { verified: true } }, { verified: true }, {}], 'accepted'],
    ['fixed claim as text', [{ claims: { verified: true } }, { verified: 'true' }, {}], 'no_match'],
    ['inherited claim', [{ claims: { constructor: null } }, {}, {}], 'no_match'],
  ] as const)('is judged by its claims: %s', async (_what, [more, tokenClaims, config], expected) => {
    const token = await sign({ claims: tokenClaims, config: { aud: 'me', sender: 'a@b' } });
    expect(await reasonOf({ ...ec, ...more }, token, { config })).toBe(expected);
  });

  it.each([
    [{ ...ec, key: { secretField: 'secret' } }],
    [{ ...ec, key: { keySetUrl: 'https://vendor.test/keys', format: 'tink' } }],
    [{ ...hs, key: { keySetUrl: 'https://vendor.test/keys', format: 'jwks' } }],
    [{ ...ec, algorithm: 'none' }],
    [{ ...ec, algorithm: 'ES384' }],
  ])('is not supported with a key of another kind: %j', async (verification) => {
    expect(await reasonOf(asIf(verification), await sign())).toBe('unsupported_scheme');
  });
});
