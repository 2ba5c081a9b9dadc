import { joinBytes } from '../bytes/text-bytes.ts';
import type { Digests } from './digests.ts';

const WEB_NAMES = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' } as const;

/** By Web Crypto, which every platform has. */
export const webDigests: Digests = {
  isSynchronous: false,
  sha256: async (message) => new Uint8Array(await crypto.subtle.digest('SHA-256', joinBytes(message))),
  macKey(digest, secret) {
    const algorithm = { name: 'HMAC', hash: WEB_NAMES[digest] };
    const imported = crypto.subtle.importKey('raw', joinBytes([secret]), algorithm, false, ['sign']);
    // Whoever signs meets the failure; nobody else needs to hear of it.
    imported.catch(() => undefined);
    return {
      sign: async (message) => new Uint8Array(await crypto.subtle.sign('HMAC', await imported, joinBytes(message))),
    };
  },
};
