import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractSpec } from '../../__fixtures__/contract-spec.ts';
import { changed } from '../../__fixtures__/example-spec.ts';
import { validateIntegrationSpec } from '../validate-integration-spec.ts';

/** What is wrong once one part of a good spec is another. */
function problemsOf(path: string, value: unknown, spec: unknown = contractSpec()): string[] {
  const { problems } = validateIntegrationSpec(changed(spec, path, value));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

const PROOF = '/webhooks/0/verification';
const signature = contractSpec().webhooks[0].verification;

/** Without what the established places say, so that the verification can be another one. */
const alone = {
  ...contractSpec(),
  transports: contractSpec().transports.filter(({ type }) => type !== 'webhook'),
  supportedAuthMethods: contractSpec().supportedAuthMethods.filter(({ type }) => type !== 'webhook-signing'),
};

function problemsOfSignature(parts: object): string[] {
  const { problems } = validateIntegrationSpec(changed(alone, PROOF, { ...signature, timestamp: undefined, ...parts }));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

describe('a webhook contract', () => {
  it('is accepted with all that it can say', () => {
    expect(validateIntegrationSpec(contractSpec()).problems).toEqual([]);
  });

  it('has a key of its own', () => {
    expect(problemsOf('/webhooks/1/key', undefined)).toEqual(['/webhooks/1: "default" is listed twice']);
    expect(problemsOf('/webhooks/0/key', 'other')).toEqual(['/webhooks/1: "other" is listed twice']);
    expect(problemsOf('/webhooks/0/key', 'main')).toEqual([]);
  });

  it('does not list no proof beside a proof', () => {
    const none = { scheme: 'none', reason: 'the vendor signs nothing' };
    expect(problemsOf('/webhooks/1/verification', none)).toEqual([]);
    expect(problemsOf('/webhooks/1/verification', [none])).toEqual([]);
    expect(problemsOf('/webhooks/1/verification/1', none)).toEqual([
      '/webhooks/1/verification/1: proves nothing, so that any delivery would pass whatever else is listed',
    ]);
  });

  it.each([
    [`${PROOF}/scheme`, 'magic', 'expected one of "signature", "token", "basic", "jwt", "none"'],
    [`${PROOF}/algorithm`, 'md5', 'expected one of "hmac-sha1"'],
    [`${PROOF}/signature/encoding`, 'utf-8', 'expected one of "hex", "base64", "base64url"'],
    [`${PROOF}/signature/header`, [], 'expected at least 1 items'],
    [`${PROOF}/signed`, '', 'expected at least 1 characters'],
    [`${PROOF}/secretFeld`, 'x', 'unknown field "secretFeld"; known fields: scheme'],
    ['/webhooks/0/eventId', [], 'expected at least 1 items'],
    ['/webhooks/0/eventId/0', { cookie: 'x' }, 'fits none of the 4 alternatives'],
    ['/webhooks/0/ack/status', 20, 'expected a number >= 100'],
    ['/webhooks', [], 'expected at least 1 items'],
  ])('is refused with %s = %j', (path, value, message) => {
    expect(problemsOf(path, value)[0]).toContain(`${path}: ${message}`);
  });

  it('is told what is wrong with one of several proofs', () => {
    expect(problemsOf('/webhooks/1/verification/2/algorithm', 'RS512')).toEqual([
      '/webhooks/1/verification/2/algorithm: expected one of "RS256", "ES256", "HS256"',
    ]);
  });
});

describe('a signed template', () => {
  it.each([
    '{body}',
    '{method}{url}{form}',
    '{path}\n{header:X-Id}.{body:sha256:hex}',
    'no place at all }',
    '{{"t":{body}}',
    '{{nowhere}',
  ])('may be %j', (signed) => {
    expect(problemsOfSignature({ signed })).toEqual([]);
  });

  it.each([
    ['{bdy}', '{bdy}'],
    ['{header:}', '{header:}'],
    ['{header:a b}', '{header:a b}'],
    ['{body:md5:hex}', '{body:md5:hex}'],
    ['{}', '{}'],
    ['{Body}', '{Body}'],
    ['{body', '{body'],
    ['{{{x}', '{x}'],
  ])('must not be %j', (signed, place) => {
    expect(problemsOfSignature({ signed })).toEqual([
      `${PROOF}/signed: "${place}" is no part of a delivery; write "{{" for a brace`,
    ]);
  });

  it('may hold any text once its braces are doubled', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(problemsOfSignature({ signed: text.replaceAll('{', '{{') })).toEqual([]);
      }),
    );
  });

  it('is read in a time that grows with its length', () => {
    const signed = '{'.repeat(100_001);
    expect(problemsOfSignature({ signed })).toEqual([
      `${PROOF}/signed: "{" is no part of a delivery; write "{{" for a brace`,
    ]);
  });
});

describe('the time of a delivery', () => {
  const at = (from: object) => ({ from, unit: 'seconds' });
  const uncovered = `${PROOF}/timestamp: is not covered by the signature, so that anyone could change it`;

  it.each([
    ['{timestamp}.{body}', { header: 'X-Time' }],
    ['{timestamp}.{body}', { query: 't' }],
    ['{header:x-time}{body}', { header: 'X-Time' }],
    ['{body}', { pointer: '/time' }],
    ['{body:sha256:hex}', { pointer: '/time' }],
    ['{url}{form}', { query: 't' }],
    ['{path}{body}', { query: 't' }],
    ['{form}', { form: 't' }],
    ['{body}', { form: 't' }],
  ])('is covered by %s in %j', (signed, from) => {
    expect(problemsOfSignature({ signed, timestamp: at(from) })).toEqual([]);
  });

  it.each([
    ['{body}', { header: 'X-Time' }],
    ['{header:x-other}{body}', { header: 'X-Time' }],
    ['{url}', { pointer: '/time' }],
    ['{form}', { pointer: '/time' }],
    ['{body}', { query: 't' }],
    ['{url}', { form: 't' }],
  ])('is not covered by %s in %j', (signed, from) => {
    expect(problemsOfSignature({ signed, timestamp: at(from) })).toEqual([uncovered]);
  });

  it('may be covered by a signed digest of the body, unless the digest may be missing', () => {
    const bodyDigest = { from: { header: 'Digest' }, algorithm: 'sha256', encoding: 'base64' };
    const parts = { signed: '{header:digest}', timestamp: at({ pointer: '/time' }), bodyDigest };
    expect(problemsOfSignature(parts)).toEqual([]);
    expect(problemsOfSignature({ ...parts, bodyDigest: { ...bodyDigest, optional: true } })).toEqual([uncovered]);
    expect(problemsOfSignature({ ...parts, signed: '{header:other}' })).toEqual([
      `${PROOF}/bodyDigest/from: is not covered by the signature`,
      uncovered,
    ]);
  });

  it('must be described where the template wants it', () => {
    expect(problemsOfSignature({ signed: '{timestamp}.{body}' })).toEqual([
      `${PROOF}/timestamp: "signed" has a place {timestamp}`,
    ]);
  });

  it('may be an item of a signature header that has items', () => {
    const items = { separator: ',', assign: '=', name: 'v1' };
    const parts = { signed: '{timestamp}.{body}', timestamp: at({ item: 't' }) };
    expect(problemsOfSignature({ ...parts, signature: { header: 'X', encoding: 'hex', items } })).toEqual([]);
    expect(problemsOfSignature(parts)).toEqual([`${PROOF}/timestamp/from: the signature header has no "items"`]);
    expect(problemsOfSignature({ ...parts, signed: '{body}' })).toContain(uncovered);
  });
});

describe('the key of a proof', () => {
  const secret = { secretField: 'signingSecret', encoding: 'base64' };
  const jwks = { keySetUrl: 'https://example.com/keys', format: 'jwks' };
  const tink = { ...jwks, format: 'tink' };

  it.each([
    ['hmac-sha1', secret],
    ['hmac-sha512', secret],
    ['ed25519', secret],
    ['ed25519', jwks],
    ['ecdsa-p256-sha256', tink],
  ])('of %s may be %j', (algorithm, key) => {
    expect(problemsOfSignature({ algorithm, key, signed: '{body}' })).toEqual([]);
  });

  it.each([
    ['hmac-sha256', jwks, 'secretField, not with jwks'],
    ['ed25519', tink, 'secretField or jwks, not with tink'],
    ['ecdsa-p256-sha256', secret, 'tink, not with secretField'],
    ['ecdsa-p256-sha256', jwks, 'tink, not with jwks'],
  ])('of %s must not be %j', (algorithm, key, message) => {
    expect(problemsOfSignature({ algorithm, key, signed: '{body}' })).toEqual([
      `${PROOF}/key: ${algorithm} is checked with ${message}`,
    ]);
  });

  it('of a JWT is a secret for HS256 and a JWKS for the others', () => {
    const path = '/webhooks/1/verification/2';
    const jwt = (algorithm: string, key: object) => problemsOf(path, { scheme: 'jwt', algorithm, key });
    expect([jwt('HS256', secret), jwt('RS256', jwks), jwt('ES256', jwks)]).toEqual([[], [], []]);
    expect(jwt('HS256', jwks)).toEqual([`${path}/key: HS256 is checked with secretField, not with jwks`]);
    expect(jwt('RS256', secret)).toEqual([`${path}/key: RS256 is checked with jwks, not with secretField`]);
    expect(jwt('ES256', tink)).toEqual([`${path}/key: ES256 is checked with jwks, not with tink`]);
  });
});

describe('the established places for signing facts', () => {
  const inbound = '/transports/1/inbound: hmac-sha256 in "x-signature" matches no';
  const method = '/supportedAuthMethods/3: hmac-sha256 in "X-Signature" matches no';
  const everywhere = 'signature of webhooks in all that both say';

  it('agree with webhooks in header and algorithm', () => {
    const other = [`${inbound} ${everywhere}`, `${method} ${everywhere}`];
    expect(problemsOf(`${PROOF}/algorithm`, 'hmac-sha512')).toEqual(other);
    expect(problemsOf(`${PROOF}/signature/header`, 'X-Other')).toEqual(other);
    expect(problemsOf(`${PROOF}/signature/header`, ['X-Other', 'x-signature'])).toEqual([]);
    expect(problemsOf(PROOF, { scheme: 'token', from: { header: 'X-Signature' }, secretField: 'token' })).toEqual(
      other,
    );
  });

  it.each([
    ['secretField', 'token'],
    ['timestampHeader', 'X-Other-Time'],
    ['toleranceMs', 60_000],
  ])('agree with webhooks in %s, where both have it', (field, value) => {
    expect(problemsOf(`/supportedAuthMethods/3/${field}`, value)).toEqual([`${method} ${everywhere}`]);
    expect(problemsOf(`/supportedAuthMethods/3/${field}`, undefined)).toEqual([]);
  });

  it('agree with each other', () => {
    expect(problemsOf('/transports/1/inbound/signatureHeader', 'X-Other')).toEqual([
      '/transports/1/inbound: hmac-sha256 in "X-Other" matches no signature of webhooks in all that both say',
      '/transports/1/inbound: hmac-sha256 in "X-Other" matches no webhook-signing method of supportedAuthMethods',
    ]);
  });

  it('may be left out', () => {
    expect(validateIntegrationSpec(alone).problems).toEqual([]);
    expect(problemsOf('/webhooks', undefined)).toEqual([]);
  });
});
