import { encodeBase64 } from '../bytes/base64.ts';
import type { WebCryptoKey } from '../keys/web-crypto-key.ts';
import type { KeySets } from '../keys/key-sets.ts';
import type { SignWebhookOptions } from '../sign/signing-context.ts';
import type { VendorWebhook } from './vendor-webhook.ts';

const TINK_KEY_ID = 3_456_789_012;

/** Keys of a vendor, both halves. */
export interface VendorKeys {
  /** Stands for the vendor's published keys. */
  readonly keySets: KeySets;
  readonly signing: Pick<SignWebhookOptions, 'privateKey' | 'keyId'>;
}

const NO_KEYS: KeySets = { get: () => Promise.reject(new TypeError('no set of keys belongs to this vendor')) };

/** Makes the keys that a vendor with public keys would have. */
export async function createVendorKeys({ contract }: VendorWebhook): Promise<VendorKeys> {
  const { verification } = contract;
  const first = Array.isArray(verification) ? verification[0] : verification;
  if (first === undefined || !('key' in first) || !('keySetUrl' in first.key)) return { keySets: NO_KEYS, signing: {} };
  if (first.algorithm === 'ed25519') return jwksOf({ name: 'Ed25519' }, 'ed-1');
  if (first.algorithm === 'RS256') return jwksOf(RSA, 'rsa-1');
  if (first.key.format === 'jwks') return jwksOf({ name: 'ECDSA', namedCurve: 'P-256' }, 'ec-1');
  const { publicKey, privateKey } = await generate({ name: 'ECDSA', namedCurve: 'P-256' });
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    keySets: serve(tinkKeyset(TINK_KEY_ID, raw)),
    signing: { privateKey, keyId: String(TINK_KEY_ID) },
  };
}

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};

interface KeyPair {
  readonly publicKey: WebCryptoKey;
  readonly privateKey: WebCryptoKey;
}

interface KeyAlgorithm {
  readonly name: string;
  readonly namedCurve?: string;
}

export async function generate(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('expected a pair of keys');
  return pair;
}

/** A set with one key, as every caller gets it. */
export function serve(document: object): KeySets {
  return { get: () => Promise.resolve(document) };
}

async function jwksOf(algorithm: KeyAlgorithm, kid: string): Promise<VendorKeys> {
  const { publicKey, privateKey } = await generate(algorithm);
  const jwk = await crypto.subtle.exportKey('jwk', publicKey);
  return { keySets: serve({ keys: [{ ...jwk, kid, use: 'sig' }] }), signing: { privateKey, keyId: kid } };
}

/** A keyset in Tink's JSON with one ECDSA P-256 key, as Java writes it: coordinates with a zero in front. */
export function tinkKeyset(keyId: number, point: Uint8Array, outputPrefixType = 'TINK'): object {
  const params = [8, 3, 16, 2, 24, 2];
  const coordinate = (field: number, bytes: Uint8Array): number[] => [field * 8 + 2, 33, 0, ...bytes];
  const message = [
    18,
    params.length,
    ...params,
    ...coordinate(3, point.slice(1, 33)),
    ...coordinate(4, point.slice(33)),
  ];
  return {
    primaryKeyId: keyId,
    key: [
      {
        keyData: {
          typeUrl: 'type.googleapis.com/google.crypto.tink.EcdsaPublicKey',
          value: encodeBase64(Uint8Array.from(message), 'base64'),
          keyMaterialType: 'ASYMMETRIC_PUBLIC',
        },
        status: 'ENABLED',
        keyId,
        outputPrefixType,
      },
    ],
  };
}
