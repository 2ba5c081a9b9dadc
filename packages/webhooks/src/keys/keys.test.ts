import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate, tinkKeyset } from '../__fixtures__/vendor-keys.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import { encodeHex } from '../bytes/hex.ts';
import { joinBytes, utf8 } from '../bytes/text-bytes.ts';
import { BoundedCache } from './bounded-cache.ts';
import { derToFixed, fixedToDer } from './der.ts';
import { importKeySet, importPublicKey } from './public-keys.ts';
import { parseTinkKeyset, tinkPrefix } from './tink-keyset.ts';
import { listSecrets, secretBytes } from './webhook-secrets.ts';

describe('secrets', () => {
  it('are listed in order, under names that show nothing of them', () => {
    const sources = { secrets: { k: ['a', '', 'b'] }, previousSecrets: [{ k: 'c' }, { other: 'x' }, { k: ['d'] }] };
    expect(listSecrets(sources, 'k')).toEqual([
      { id: 'k[0]', text: 'a' },
      { id: 'k[2]', text: 'b' },
      { id: 'previous[0].k', text: 'c' },
      { id: 'previous[2].k[0]', text: 'd' },
    ]);
  });

  it('are none where the field is absent, empty, or inherited', () => {
    for (const secrets of [{}, { k: '' }, { k: [] }, { k: ['', ''] }, { k: undefined }])
      expect(listSecrets({ secrets }, 'k')).toEqual([]);
    expect(listSecrets({ secrets: {} }, 'constructor')).toEqual([]);
  });

  it('are tried up to a number', () => {
    expect(listSecrets({ secrets: { k: Array.from({ length: 50 }, (_, index) => `s${index}`) } }, 'k')).toHaveLength(
      16,
    );
  });

  const bytes = utf8('secret');
  it.each([
    ['secret', {}, bytes],
    ['whsec_c2VjcmV0', { encoding: 'base64', prefix: 'whsec_' }, bytes],
    ['c2VjcmV0', { encoding: 'base64', prefix: 'whsec_' }, utf8('c2VjcmV0')],
    ['c2VjcmV0', { encoding: 'base64', prefix: 'whsec_', prefixOptional: true }, bytes],
    ['c2VjcmV0', { encoding: 'base64' }, bytes],
    ['736563726574', { encoding: 'hex' }, bytes],
    ['c2', { encoding: 'hex' }, Uint8Array.of(0xc2)],
  ] as const)('stand for bytes: %s', (text, source, expected) => {
    expect(secretBytes(text, { secretField: 'k', ...source })).toEqual(expected);
  });

  it.each([
    ['whsec_', { encoding: 'base64', prefix: 'whsec_' }],
    ['whsec_', { prefix: 'whsec_' }],
    ['whsec_***', { encoding: 'base64', prefix: 'whsec_' }],
    ['xyz', { encoding: 'hex' }],
  ] as const)('stand for none: %s', (text, source) => {
    expect(secretBytes(text, { secretField: 'k', ...source })).toBeUndefined();
  });
});

describe('BoundedCache', () => {
  it('keeps what is used, forgets what is not, and never grows beyond two generations', () => {
    const cache = new BoundedCache<number, number>(10);
    cache.set(-1, -1);
    for (let key = 0; key < 1000; key += 1) {
      cache.set(key, key);
      expect(cache.get(-1)).toBe(-1);
      expect(cache.size).toBeLessThanOrEqual(20);
    }
    expect(cache.get(0)).toBeUndefined();
    expect(cache.get(999)).toBe(999);
    cache.set(999, 1);
    expect(cache.get(999)).toBe(1);
    cache.delete(999);
    expect(cache.get(999)).toBeUndefined();
  });
});

describe('signatures in DER', () => {
  it('are the numbers that were written', () => {
    const number = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const small = fc.nat(255).map((byte) => Uint8Array.from({ length: 32 }, (_, index) => (index === 31 ? byte : 0)));
    fc.assert(
      fc.property(fc.oneof(number, small), fc.oneof(number, small), (r, s) => {
        const fixed = joinBytes([r, s]);
        expect(derToFixed(fixedToDer(fixed))).toEqual(fixed);
      }),
    );
  });

  it('have one form', () => {
    const valid = [0x30, 6, 2, 1, 1, 2, 1, 1];
    expect(derToFixed(Uint8Array.from(valid))).toBeDefined();
    for (const bytes of [
      [],
      [0x30],
      [...valid, 0],
      valid.slice(0, -1),
      [0x31, ...valid.slice(1)],
      [0x30, 0x81, 6, 2, 1, 1, 2, 1, 1],
      [0x30, 7, 2, 2, 0, 1, 2, 1, 1],
      [0x30, 6, 2, 1, 0x80, 2, 1, 1],
      [0x30, 5, 2, 0, 2, 1, 1],
      [0x30, 6, 2, 9, 1, 2, 1, 1],
      [0x30, 6, 3, 1, 1, 2, 1, 1],
      [0x30, 38, 2, 33, ...Array.from({ length: 33 }, () => 1), 2, 1, 1],
    ])
      expect(derToFixed(Uint8Array.from(bytes))).toBeUndefined();
  });

  it('are read or refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const fixed = derToFixed(bytes);
        expect(fixed === undefined || encodeHex(fixedToDer(fixed)) === encodeHex(bytes)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a Tink keyset', () => {
  const point = Uint8Array.from({ length: 65 }, (_, index) => (index === 0 ? 4 : index));

  it('gives its keys, with the bytes before their signatures', () => {
    expect(parseTinkKeyset(tinkKeyset(7, point))).toEqual([
      { id: 7, prefix: Uint8Array.of(1, 0, 0, 0, 7), point, isDer: true },
    ]);
    expect(parseTinkKeyset(tinkKeyset(7, point, 'CRUNCHY'))[0]?.prefix).toEqual(Uint8Array.of(0, 0, 0, 0, 7));
    expect(parseTinkKeyset(tinkKeyset(7, point, 'RAW'))[0]?.prefix).toEqual(new Uint8Array());
    expect(tinkPrefix(4_294_967_295)).toEqual(Uint8Array.of(1, 255, 255, 255, 255));
  });

  it('passes over what is no key of ours', () => {
    const set = tinkKeyset(7, point);
    const text = JSON.stringify(set);
    expect(parseTinkKeyset(tinkKeyset(7, point, 'LEGACY'))).toEqual([]);
    for (const [from, to] of [
      ['ENABLED', 'DISABLED'],
      ['EcdsaPublicKey', 'Ed25519PublicKey'],
      ['"keyId":7', '"keyId":"7"'],
      ['"value":"', '"value":"~'],
      ['"value":"EgYIAxACGAI', '"value":"EgYIBBACGAI'],
    ] as const) {
      expect(text).toContain(from);
      expect(parseTinkKeyset(JSON.parse(text.replace(from, to)))).toEqual([]);
    }
    for (const nothing of [undefined, null, 1, 'x', [], {}, { key: {} }, { key: [null, 1, {}, { keyData: null }] }])
      expect(parseTinkKeyset(nothing)).toEqual([]);
  });

  it('is read or passed over, whatever stands in a key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const value = encodeBase64(bytes, 'base64');
        const keyData = { typeUrl: 'type.googleapis.com/google.crypto.tink.EcdsaPublicKey', value };
        expect(parseTinkKeyset({ key: [{ status: 'ENABLED', keyId: 1, outputPrefixType: 'TINK', keyData }] })).toEqual(
          [],
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('public keys', () => {
  const message = utf8('message');

  it('are taken from a JWKS for one algorithm only, whatever they say about themselves', async () => {
    const ed = await generate({ name: 'Ed25519' });
    const ec = await generate({ name: 'ECDSA', namedCurve: 'P-256' });
    const other = await generate({ name: 'ECDSA', namedCurve: 'P-384' });
    const jwk = async (pair: typeof ed, more: object = {}) => ({
      ...(await crypto.subtle.exportKey('jwk', pair.publicKey)),
      ...more,
    });
    const keys = [
      await jwk(ed, { kid: 'ed', alg: undefined }),
      await jwk(ec, { kid: 'ec', alg: 'ES256', use: 'sig' }),
      await jwk(ec, { kid: 'encrypts', use: 'enc' }),
      await jwk(ec, { kid: 'lies', alg: 'RS256' }),
      await jwk(other, { kid: 'p384' }),
      { kty: 'oct', k: 'c2VjcmV0', kid: 'secret' },
      { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'weak' },
      null,
      1,
      'x',
      {},
      { kty: 'EC', crv: 'P-256', x: '!', y: '!' },
    ];
    const idsOf = async (algorithm: Parameters<typeof importKeySet>[2]) =>
      (await importKeySet({ keys }, 'jwks', algorithm)).map(({ id }) => id);
    expect(await idsOf('ed25519')).toEqual(['ed']);
    expect(await idsOf('ES256')).toEqual(['ec']);
    expect(await idsOf('ecdsa-p256-sha256')).toEqual(['ec']);
    expect(await idsOf('RS256')).toEqual([]);
    for (const nothing of [{}, [], { keys: {} }, { keys: null }])
      expect(await importKeySet(nothing, 'jwks', 'ES256')).toEqual([]);
  });

  it('are tried up to a number', async () => {
    const { publicKey } = await generate({ name: 'Ed25519' });
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    const keys = await importKeySet({ keys: Array.from({ length: 40 }, () => jwk) }, 'jwks', 'ed25519');
    expect(keys).toHaveLength(16);
  });

  it('are taken from a secret in each form that vendors show', async () => {
    const ec = await generate({ name: 'ECDSA', namedCurve: 'P-256' });
    const ed = await generate({ name: 'Ed25519' });
    const fixed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, ec.privateKey, message);
    const ecSignature = fixedToDer(new Uint8Array(fixed));
    const edSignature = new Uint8Array(await crypto.subtle.sign('Ed25519', ed.privateKey, message));
    const exported = async (pair: typeof ec, format: 'spki' | 'raw') =>
      encodeBase64(new Uint8Array(await crypto.subtle.exportKey(format, pair.publicKey)), 'base64');
    const pem = (text: string) =>
      `-----BEGIN PUBLIC KEY-----\n${text.replaceAll(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`;
    for (const [pair, algorithm, signature] of [
      [ec, 'ecdsa-p256-sha256', ecSignature],
      [ed, 'ed25519', edSignature],
    ] as const) {
      const texts = [await exported(pair, 'spki'), await exported(pair, 'raw'), pem(await exported(pair, 'spki'))];
      for (const text of texts) {
        const key = await importPublicKey(text, { secretField: 'k', encoding: 'base64' }, algorithm);
        expect(await key?.verify(signature, message)).toBe(true);
        expect(await key?.verify(signature, utf8('other'))).toBe(false);
        expect(await key?.verify(signature.slice(1), message)).toBe(false);
      }
      expect(await importPublicKey('c2VjcmV0', { secretField: 'k', encoding: 'base64' }, algorithm)).toBeUndefined();
      expect(await importPublicKey('~', { secretField: 'k', encoding: 'base64' }, algorithm)).toBeUndefined();
    }
    expect(
      await importPublicKey(await exported(ec, 'spki'), { secretField: 'k', encoding: 'base64' }, 'ed25519'),
    ).toBeUndefined();
  });
});
