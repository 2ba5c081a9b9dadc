import type { WebhookRequest } from '@mortise/core';

/** Header that carries the signature of the in-memory provider: HMAC-SHA256 of the body, in hex. */
export const IN_MEMORY_SIGNATURE_HEADER = 'x-signature';

const encoder = new TextEncoder();

export async function signBody(body: string | Uint8Array, secret: string): Promise<string> {
  const key = await hmacKey(secret, 'sign');
  const signature = await crypto.subtle.sign('HMAC', key, bytesOf(body));
  return [...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Compares in constant time; false for whatever is no signature. */
export async function isSigned({ headers, rawBody }: WebhookRequest, secret: string): Promise<boolean> {
  const signature = headers[IN_MEMORY_SIGNATURE_HEADER];
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.verify('HMAC', await hmacKey(secret, 'verify'), bytes, bytesOf(rawBody));
}

function hmacKey(secret: string, use: 'sign' | 'verify'): ReturnType<typeof crypto.subtle.importKey> {
  return crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? encoder.encode(body) : new Uint8Array(body);
}
