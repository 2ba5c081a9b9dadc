import type { SignatureVerification, WebhookContract } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { generate } from '../__fixtures__/vendor-keys.ts';
import { verifyWebhook } from '../verify/verify-webhook.ts';
import { signWebhook } from './sign-webhook.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { WebhookSigningError } from './webhook-signing-error.ts';

const signature: SignatureVerification = {
  scheme: 'signature',
  algorithm: 'hmac-sha256',
  signature: { header: 'X-Signature', encoding: 'hex' },
  signed: '{body}',
  key: { secretField: 'secret' },
};
const changed = (more: Partial<SignatureVerification>): WebhookContract => ({
  verification: { ...signature, ...more },
});

async function codeOf(signing: Promise<unknown>): Promise<unknown> {
  const error: unknown = await signing.catch((reason: unknown) => reason);
  expect(WebhookSigningError.is(error)).toBe(true);
  return error instanceof WebhookSigningError ? error.code : error;
}

describe('signWebhook', () => {
  it('signs the published example of Standard Webhooks', async () => {
    const sent = await signWebhook(
      standardWebhooks(),
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampMs: 1_614_265_330_000, body: '{"test": 2432232314}' },
      { signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
    );
    expect(sent.headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs the published example of GitHub', async () => {
    const contract = changed({ signature: { header: 'X-Hub-Signature-256', prefix: 'sha256=', encoding: 'hex' } });
    const sent = await signWebhook(contract, { body: 'Hello, World!' }, { secret: "It's a Secret to Everybody" });
    expect(sent.headers['X-Hub-Signature-256']).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  it('leaves the passed headers alone and replaces what it writes, whatever its case', async () => {
    const headers = { 'x-signature': 'old', 'X-Other': 'kept' };
    const sent = await signWebhook(changed({}), { body: '', headers }, { secret: 's' });
    expect(Object.keys(sent.headers)).toEqual(['X-Other', 'X-Signature']);
    expect(headers['x-signature']).toBe('old');
  });

  it('writes a digest of the body into the URL', async () => {
    const contract = changed({
      signed: '{url}',
      bodyDigest: { from: { query: 'sha' }, algorithm: 'sha256', encoding: 'hex' },
    });
    const sent = await signWebhook(contract, { body: '{}', url: 'https://a.test/?x=1' }, { secret: 's' });
    expect(sent.url).toBe('https://a.test/?x=1&sha=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect((await verifyWebhook(contract, sent, { secret: 's' })).ok).toBe(true);
    expect(await verifyWebhook(contract, { ...sent, rawBody: '{ }' }, { secret: 's' })).toMatchObject({
      reason: 'no_match',
    });
    expect(await verifyWebhook(contract, { ...sent, url: 'https://a.test/?x=1' }, { secret: 's' })).toMatchObject({
      reason: 'missing_value',
    });
  });

  it('signs with SHA-512 and with ECDSA for a key in the secret', async () => {
    const sha512 = changed({ algorithm: 'hmac-sha512', signature: { header: 'X-Signature', encoding: 'base64url' } });
    expect(
      (await verifyWebhook(sha512, await signWebhook(sha512, { body: 'x' }, { secret: 's' }), { secret: 's' })).ok,
    ).toBe(true);
    const { publicKey, privateKey } = await generate({ name: 'ECDSA', namedCurve: 'P-256' });
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
    const ecdsa = changed({ algorithm: 'ecdsa-p256-sha256', key: { secretField: 'secret', encoding: 'base64' } });
    const secrets = { secret: btoa(String.fromCharCode(...spki)) };
    const sent = await signWebhook(ecdsa, { body: 'x' }, secrets, { privateKey });
    expect(await verifyWebhook(ecdsa, sent, secrets)).toMatchObject({ ok: true, keyId: 'secret' });
    expect(await verifyWebhook(ecdsa, { ...sent, rawBody: 'y' }, secrets)).toMatchObject({ reason: 'no_match' });
  });

  const delivery = { body: '{}' };
  it.each<[string, string, () => Promise<unknown>]>([
    ['NO_KEY', 'the secret is absent', () => signWebhook(changed({}), delivery, {})],
    ['NO_KEY', 'the secret is empty', () => signWebhook(changed({}), delivery, { secret: '' })],
    [
      'NO_KEY',
      'the secret is not hex',
      () => signWebhook(changed({ key: { secretField: 'secret', encoding: 'hex' } }), delivery, { secret: 'xyz' }),
    ],
    [
      'NO_KEY',
      'the private key is absent',
      () => signWebhook(changed({ algorithm: 'ed25519' }), delivery, { secret: 's' }),
    ],
    [
      'NO_KEY',
      'the password is absent',
      () =>
        signWebhook({ verification: { scheme: 'basic', usernameField: 'u', passwordField: 'p' } }, delivery, {
          u: 'x',
        }),
    ],
    [
      'UNSUPPORTED',
      'nothing is proven',
      () => signWebhook({ verification: { scheme: 'none', reason: 'x' } }, delivery, {}),
    ],
    [
      'UNSUPPORTED',
      'the verification does not exist',
      () => signWebhook(changed({}), delivery, { secret: 's' }, { verification: 1 }),
    ],
    [
      'UNSUPPORTED',
      'the template has an unknown place',
      () => signWebhook(changed({ signed: '{x}' }), delivery, { secret: 's' }),
    ],
    [
      'UNSUPPORTED',
      'a MAC is to use public keys',
      () => signWebhook(changed({ key: { keySetUrl: 'https://a.test/', format: 'jwks' } }), delivery, {}),
    ],
    [
      'INVALID_DELIVERY',
      'the URL is signed and absent',
      () => signWebhook(changed({ signed: '{url}' }), delivery, { secret: 's' }),
    ],
    [
      'INVALID_DELIVERY',
      'a signed header is absent',
      () => signWebhook(changed({ signed: '{header:x}' }), delivery, { secret: 's' }),
    ],
    [
      'INVALID_DELIVERY',
      'an id has a dot',
      () => signWebhook(standardWebhooks(), { ...delivery, id: 'a.b' }, { signingSecret: 'c2VjcmV0' }),
    ],
    [
      'INVALID_DELIVERY',
      'an id has a line break',
      () => signWebhook(standardWebhooks(), { ...delivery, id: 'a\r\nX: y' }, { signingSecret: 'c2VjcmV0' }),
    ],
    [
      'INVALID_DELIVERY',
      'the time belongs into the body and is not there',
      () => signWebhook(changed({ timestamp: { from: { pointer: '/at' }, unit: 'ms' } }), delivery, { secret: 's' }),
    ],
    [
      'INVALID_DELIVERY',
      'a value belongs into the body',
      () =>
        signWebhook(
          { verification: { scheme: 'token', from: { pointer: '/token' }, secretField: 'secret' } },
          delivery,
          { secret: 's' },
        ),
    ],
  ])('refuses with %s where %s', async (code, _when, sign) => {
    expect(await codeOf(sign())).toBe(code);
  });
});

it('shows no secret in what it refuses with', async () => {
  const canary = createCanary();
  for (const contract of [
    changed({ key: { secretField: 'secret', encoding: 'hex' } }),
    changed({ signed: '{url}' }),
    changed({ signed: '{header:absent}{body}' }),
  ]) {
    const error: unknown = await signWebhook(contract, { body: canary }, { secret: canary }).catch(
      (reason: unknown) => reason,
    );
    expect(WebhookSigningError.is(error)).toBe(true);
    expect(findCanary(error, canary)).toEqual([]);
  }
});
