import { fromBase64 } from '../encoding/base64.ts';
import { AuthError } from '../errors/auth-error.ts';

/** JWS algorithms with which keys sign here. */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

/** As Web Crypto has it, under whichever global types the code is compiled. */
export type PrivateCryptoKey = Parameters<typeof crypto.subtle.sign>[1];

export interface SigningKey {
  readonly key: PrivateCryptoKey;
  readonly algorithm: SigningAlgorithm;
}

const RSA_OID = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const P256_OID = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const ED25519_OID = [0x2b, 0x65, 0x70];

const IMPORTS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
} as const;

/**
 * Reads a private key in PEM: PKCS #8 (`BEGIN PRIVATE KEY`), or RSA alone (`BEGIN RSA PRIVATE KEY`, as GitHub gives them
 * out). RSA signs as RS256, P-256 as ES256, Ed25519 as EdDSA. The imported key cannot be exported again.
 *
 * @throws {AuthError} `INVALID_KEY`, with what to do; never with a part of the key.
 */
export async function importPrivateKey(pem: string): Promise<SigningKey> {
  // Keys that went through an environment variable often have `\n` written out.
  const text = pem.includes('\\n') ? pem.replaceAll('\\n', '\n') : pem;
  const block = /-----BEGIN ([A-Z ]{0,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----/.exec(text);
  if (block === null) throw invalidKey('is no PEM block ("-----BEGIN PRIVATE KEY-----" and so on)');
  const [, label, base64 = ''] = block;
  const bytes = fromBase64(base64);
  if (bytes === undefined || bytes.length === 0) throw invalidKey('holds no base64 between its lines');
  const pkcs8 = toPkcs8(label, bytes);
  const algorithm = algorithmOf(pkcs8);
  try {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, IMPORTS[algorithm], false, ['sign']);
    return { key, algorithm };
  } catch (cause) {
    throw invalidKey('is damaged, or of a kind that this platform cannot use', cause);
  }
}

function toPkcs8(label: string | undefined, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (label === 'PRIVATE KEY') return bytes;
  if (label === 'RSA PRIVATE KEY') return wrapRsa(bytes);
  if (label === 'ENCRYPTED PRIVATE KEY')
    throw invalidKey('is encrypted; decrypt it first ("openssl pkcs8 -in key.pem")');
  if (label === 'EC PRIVATE KEY') {
    throw invalidKey('is in SEC 1 form; convert it ("openssl pkcs8 -topk8 -nocrypt -in key.pem")');
  }
  throw invalidKey(`is a "${label ?? ''}"; a private key was expected`);
}

/** Puts an RSAPrivateKey (PKCS #1) into a PrivateKeyInfo (PKCS #8), the only form that Web Crypto reads. */
function wrapRsa(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const version = [0x02, 0x01, 0x00];
  const algorithm = der(0x30, [...der(0x06, RSA_OID), 0x05, 0x00]);
  return der(0x30, [...version, ...algorithm, ...der(0x04, pkcs1)]);
}

function der(tag: number, content: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const { length } = content;
  const size = length < 0x80 ? [length] : longSize(length);
  const bytes = new Uint8Array(1 + size.length + length);
  bytes.set([tag, ...size]);
  bytes.set(content, 1 + size.length);
  return bytes;
}

function longSize(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

/** From the algorithm identifier, which stands within the first bytes. */
function algorithmOf(pkcs8: Uint8Array): SigningAlgorithm {
  const head = pkcs8.subarray(0, 48);
  if (contains(head, RSA_OID)) return 'RS256';
  if (contains(head, P256_OID)) return 'ES256';
  if (contains(head, ED25519_OID)) return 'EdDSA';
  throw invalidKey('is neither RSA, nor P-256, nor Ed25519');
}

function contains(bytes: Uint8Array, part: readonly number[]): boolean {
  for (let start = 0; start + part.length <= bytes.length; start += 1) {
    if (part.every((byte, index) => bytes[start + index] === byte)) return true;
  }
  return false;
}

function invalidKey(fault: string, cause?: unknown): AuthError {
  return new AuthError({ code: 'INVALID_KEY', message: `The private key ${fault}`, cause });
}
