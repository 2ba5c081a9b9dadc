import { equalBytes } from '../bytes/compare-bytes.ts';
import type { Digests } from '../crypto/digests.ts';

/**
 * Whether a received value is the secret. Digests of both are compared, so that the time taken tells neither where they
 * differ nor how long the secret is.
 */
export async function isSameSecret(digests: Digests, received: string | Uint8Array, secret: string): Promise<boolean> {
  const left = digests.sha256([received]);
  const right = digests.sha256([secret]);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return equalBytes(left, right);
  return equalBytes(await left, await right);
}
