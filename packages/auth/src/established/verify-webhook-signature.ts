import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { WebhookSigningAuthConfig } from '@mortise/core';
import { AuthError } from '../errors/auth-error.ts';

/**
 * Whether a signature, hex with or without a `name=` before it, is the HMAC of the payload. Never throws on what came in;
 * an empty secret verifies nothing.
 *
 * Kept as it always was, and not enough for most vendors: it signs the body alone, without the timestamp, knows hex alone,
 * one signature and one secret. Use `verifyWebhook` of `@mortise/webhooks`.
 *
 * @throws {AuthError} `UNSUPPORTED` for Ed25519, which cannot be verified at once on every platform.
 */
export function verifyWebhookSignature(
  config: WebhookSigningAuthConfig,
  secret: string,
  payload: string | Uint8Array,
  receivedSignature: string,
): boolean {
  const hash = hashOf(config);
  if (typeof receivedSignature !== 'string' || typeof secret !== 'string' || secret === '') return false;
  const received = fromHex(receivedSignature.slice(receivedSignature.lastIndexOf('=') + 1));
  const encoder = new TextEncoder();
  const bytes = typeof payload === 'string' ? encoder.encode(payload) : payload;
  const expected = hmac(hash, encoder.encode(secret), bytes);
  return received !== undefined && equalBytes(expected, received);
}

function hashOf({ algorithm }: WebhookSigningAuthConfig): typeof sha1 | typeof sha256 {
  switch (algorithm) {
    case 'hmac-sha256':
      return sha256;
    case 'hmac-sha1':
      return sha1;
    case 'ed25519':
      throw new AuthError({
        code: 'UNSUPPORTED',
        message: 'Ed25519 signatures are verified by verifyWebhook of @mortise/webhooks',
      });
    default:
      throw new AuthError({ code: 'UNSUPPORTED', message: 'There is no such webhook signing algorithm' });
  }
}

function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

/** Takes the same time wherever two digests of one length differ. */
function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
}
