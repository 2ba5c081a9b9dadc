import { toBase64Url } from '../encoding/base64.ts';
import type { SigningAlgorithm, SigningKey } from './private-key.ts';

const PARAMETERS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
} as const satisfies Record<SigningAlgorithm, object>;

/** A JWT in compact form (RFC 7515). */
export async function signJwt(
  { key, algorithm }: SigningKey,
  claims: Readonly<Record<string, unknown>>,
  keyId?: string,
): Promise<string> {
  const header = { alg: algorithm, typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) };
  const signed = `${toBase64Url(JSON.stringify(header))}.${toBase64Url(JSON.stringify(claims))}`;
  const signature = await crypto.subtle.sign(PARAMETERS[algorithm], key, new TextEncoder().encode(signed));
  return `${signed}.${toBase64Url(new Uint8Array(signature))}`;
}
