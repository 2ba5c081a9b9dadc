import type { WebhookKeySource } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import { encodeHex } from '../bytes/hex.ts';
import { derToFixed } from './der.ts';
import { parseTinkKeyset } from './tink-keyset.ts';
import type { WebCryptoKey } from './web-crypto-key.ts';
import { secretBytes } from './webhook-secrets.ts';

export type PublicKeyAlgorithm = 'ed25519' | 'ecdsa-p256-sha256' | 'RS256' | 'ES256';

/** A key that can say whether a signature is its own. */
export interface PublicKey {
  /** `kid` of a JWK, id of a Tink key. */
  readonly id?: string;
  /** Whether a signature may come from this key, judged by its framing. */
  fits(signature: Uint8Array): boolean;
  verify(signature: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>): Promise<boolean>;
}

const IMPORT_AS = {
  ed25519: { name: 'Ed25519' },
  'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const;

const VERIFY_AS = {
  ed25519: { name: 'Ed25519' },
  'ecdsa-p256-sha256': { name: 'ECDSA', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
} as const;

/** Keys of a set beyond this many are not tried. Vendors publish two to five. */
const MAX_KEYS = 16;
/** Characters of the modulus of a 2048 bit key in base64url; shorter keys are refused. */
const MIN_MODULUS_LENGTH = 342;

/** The keys of a published set that serve this algorithm. Entries that cannot be read are passed over. */
export async function importKeySet(
  document: unknown,
  format: 'jwks' | 'tink',
  algorithm: PublicKeyAlgorithm,
): Promise<PublicKey[]> {
  if (format === 'tink') return algorithm === 'ecdsa-p256-sha256' ? importTink(document) : [];
  const entries: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'keys') : undefined;
  const found: PublicKey[] = [];
  for (const entry of Array.isArray(entries) ? entries : []) {
    const key = await importJwk(entry, algorithm);
    if (key !== undefined && found.length < MAX_KEYS) found.push(key);
  }
  return found;
}

/** What comes before the key itself in an SPKI structure (RFC 8410, RFC 5480). */
const SPKI = {
  ed25519: { before: '302a300506032b6570032100', keyBytes: 32 },
  'ecdsa-p256-sha256': { before: '3059301306072a8648ce3d020106082a8648ce3d030107034200', keyBytes: 65 },
} as const;

/**
 * The public key that a field of the secret holds: in PEM, or its bytes in the field's encoding (the bare key, 32 bytes for
 * Ed25519 and an uncompressed point for P-256; or an SPKI structure). Undefined where it is none.
 */
export async function importPublicKey(
  text: string,
  source: Extract<WebhookKeySource, { secretField: string }>,
  algorithm: 'ed25519' | 'ecdsa-p256-sha256',
): Promise<PublicKey | undefined> {
  const pem = /^-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(text)?.[1];
  const bytes = pem === undefined ? secretBytes(text, source) : decodeBase64(pem.replaceAll(/\s/g, ''), 'base64');
  const raw = bytes === undefined ? undefined : rawKey(bytes, algorithm);
  if (raw === undefined) return undefined;
  return tryImport(async () => crypto.subtle.importKey('raw', raw, IMPORT_AS[algorithm], false, ['verify']), algorithm);
}

/** Taken apart here, since not every platform minds for which algorithm a structure holds a key. */
function rawKey(bytes: Uint8Array<ArrayBuffer>, algorithm: keyof typeof SPKI): Uint8Array<ArrayBuffer> | undefined {
  const { before, keyBytes } = SPKI[algorithm];
  if (bytes.length === keyBytes) return bytes;
  const start = before.length / 2;
  if (bytes.length !== start + keyBytes || encodeHex(bytes.subarray(0, start)) !== before) return undefined;
  return bytes.slice(start);
}

async function importJwk(entry: unknown, algorithm: PublicKeyAlgorithm): Promise<PublicKey | undefined> {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const field = (name: string): string => {
    const value: unknown = Reflect.get(entry, name);
    return typeof value === 'string' ? value : '';
  };
  // Only what the algorithm needs is taken over, so that the key's own labels cannot make it another one.
  const jwk = jwkFor(field, algorithm);
  if (jwk === undefined || (field('use') !== '' && field('use') !== 'sig')) return undefined;
  if (field('alg') !== '' && !expectedAlgs(algorithm).includes(field('alg'))) return undefined;
  const id = field('kid');
  return tryImport(
    async () => crypto.subtle.importKey('jwk', jwk, IMPORT_AS[algorithm], false, ['verify']),
    algorithm,
    id === '' ? {} : { id },
  );
}

type Jwk = Record<'kty', string> & Partial<Record<'crv' | 'x' | 'y' | 'n' | 'e', string>>;

function jwkFor(field: (name: string) => string, algorithm: PublicKeyAlgorithm): Jwk | undefined {
  const kty = field('kty');
  if (algorithm === 'RS256') {
    const n = field('n');
    return kty === 'RSA' && n.length >= MIN_MODULUS_LENGTH ? { kty, n, e: field('e') } : undefined;
  }
  const crv = field('crv');
  if (algorithm === 'ed25519') return kty === 'OKP' && crv === 'Ed25519' ? { kty, crv, x: field('x') } : undefined;
  return kty === 'EC' && crv === 'P-256' ? { kty, crv, x: field('x'), y: field('y') } : undefined;
}

function expectedAlgs(algorithm: PublicKeyAlgorithm): readonly string[] {
  if (algorithm === 'ed25519') return ['EdDSA', 'Ed25519'];
  return [algorithm === 'ecdsa-p256-sha256' ? 'ES256' : algorithm];
}

async function importTink(document: unknown): Promise<PublicKey[]> {
  const found: PublicKey[] = [];
  for (const { id, prefix, point, isDer } of parseTinkKeyset(document).slice(0, MAX_KEYS)) {
    const key = await tryImport(
      async () => crypto.subtle.importKey('raw', point, IMPORT_AS['ecdsa-p256-sha256'], false, ['verify']),
      'ecdsa-p256-sha256',
      { id: String(id), prefix, isDer },
    );
    if (key !== undefined) found.push(key);
  }
  return found;
}

interface Framing {
  readonly id?: string;
  readonly prefix?: Uint8Array;
  readonly isDer?: boolean;
}

async function tryImport(
  load: () => Promise<WebCryptoKey>,
  algorithm: PublicKeyAlgorithm,
  framing: Framing = {},
): Promise<PublicKey | undefined> {
  const { id, prefix = new Uint8Array(), isDer = algorithm === 'ecdsa-p256-sha256' } = framing;
  let key: WebCryptoKey;
  try {
    key = await load();
  } catch {
    return undefined;
  }
  return {
    ...(id === undefined ? {} : { id }),
    fits: (signature) => equalBytes(signature.subarray(0, prefix.length), prefix),
    async verify(signature, message) {
      const unframed = signature.slice(prefix.length);
      const fixed = isDer ? derToFixed(unframed) : unframed;
      if (fixed === undefined) return false;
      return crypto.subtle.verify(VERIFY_AS[algorithm], key, fixed, message).catch(() => false);
    },
  };
}
