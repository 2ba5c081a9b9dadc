import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AuthError } from '../errors/auth-error.ts';
import { importPrivateKey } from './private-key.ts';
import { signJwt } from './sign-jwt.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const large = generateKeyPairSync('rsa', { modulusLength: 4096 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ed25519 = generateKeyPairSync('ed25519');

describe('private keys that OpenSSL writes', () => {
  it.each([
    ['RSA in PKCS #8', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'RS256'],
    ['RSA in PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }), 'RS256'],
    ['RSA of 4096 bits in PKCS #1', large.privateKey.export({ type: 'pkcs1', format: 'pem' }), 'RS256'],
    ['P-256', p256.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'ES256'],
    ['Ed25519', ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'EdDSA'],
  ] as const)('%s signs what OpenSSL verifies', async (_name, exported, algorithm) => {
    const pem = exported.toString();
    const key = await importPrivateKey(pem);
    expect(key.algorithm).toBe(algorithm);
    const [header = '', claims = '', signature = ''] = (await signJwt(key, { a: 'ü' })).split('.');
    const signed = Buffer.from(`${header}.${claims}`);
    const publicKey = { key: createPublicKey(createPrivateKey(pem)), dsaEncoding: 'ieee-p1363' as const };
    const digest = algorithm === 'EdDSA' ? null : 'sha256';
    expect(verify(digest, signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ a: 'ü' });
  });

  it('cannot be taken out again', async () => {
    const { key } = await importPrivateKey(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow(/extractable/);
  });

  it.each([
    ['another curve', p384.privateKey.export({ type: 'pkcs8', format: 'pem' }), /P-256/],
    ['SEC 1', p256.privateKey.export({ type: 'sec1', format: 'pem' }), /convert it/],
    ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }), /private key was expected/],
  ] as const)('of %s is refused, with what to do', async (_name, exported, message) => {
    const error = await importPrivateKey(exported.toString()).catch((reason: unknown) => reason);
    expect(AuthError.is(error) && error.code).toBe('INVALID_KEY');
    expect(String(error)).toMatch(message);
  });
});
