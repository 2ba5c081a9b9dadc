import type { DigestName, MacKey, Message } from './digests.ts';

/** `crypto.hash` of Node: a digest in one call. */
export type OneShotHash = (digest: DigestName, data: Uint8Array, encoding: 'latin1') => string;

const BLOCK_BYTES = { sha1: 64, sha256: 64, sha512: 128 } as const;
const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;

/** Longer messages gain nothing: there the hashing itself takes the time. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_BLOCK_BYTES = 128;
/** Short text is faster copied by hand than by a call into the platform, as long as it is ASCII. */
const SHORT_TEXT = 80;

const encoder = new TextEncoder();
let scratch: Uint8Array<ArrayBuffer> | undefined;

/**
 * HMAC as two digests (RFC 2104: `H(secret ^ opad, H(secret ^ ipad, message))`), which takes a third of the time of
 * Node's stream-like Hmac objects for messages of the size that webhooks have.
 *
 * @param forLong Signs what is too long to be copied.
 */
export function createOneShotMacKey(
  hash: OneShotHash,
  digest: DigestName,
  secret: Uint8Array,
  forLong: () => MacKey,
): MacKey {
  const blockBytes = BLOCK_BYTES[digest];
  const digestBytes = DIGEST_BYTES[digest];
  const inner = new Uint8Array(blockBytes).fill(0x36);
  const outer = new Uint8Array(blockBytes + digestBytes).fill(0x5c, 0, blockBytes);
  const shortSecret = new Uint8Array(blockBytes);
  if (secret.length > blockBytes) writeLatin1(hash(digest, secret, 'latin1'), shortSecret, 0);
  else shortSecret.set(secret);
  for (let index = 0; index < blockBytes; index += 1) {
    const byte = shortSecret[index] ?? 0;
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  let long: MacKey | undefined;
  return {
    sign(message) {
      scratch ??= new Uint8Array(MAX_BLOCK_BYTES + MAX_MESSAGE_BYTES);
      scratch.set(inner);
      const end = writeMessage(message, scratch, blockBytes);
      if (end === undefined) {
        long ??= forLong();
        return long.sign(message);
      }
      writeLatin1(hash(digest, scratch.subarray(0, end), 'latin1'), outer, blockBytes);
      const mac = new Uint8Array(digestBytes);
      writeLatin1(hash(digest, outer, 'latin1'), mac, 0);
      return mac;
    },
  };
}

/** Where the message ends in the target. Undefined when it does not fit. */
function writeMessage(message: Message, target: Uint8Array, start: number): number | undefined {
  let offset = start;
  for (const part of message) {
    // A character takes three bytes at most.
    const needed = typeof part === 'string' ? part.length * 3 : part.length;
    if (needed > target.length - offset) return undefined;
    if (typeof part === 'string') offset = writeText(part, target, offset);
    else {
      target.set(part, offset);
      offset += part.length;
    }
  }
  return offset;
}

function writeText(text: string, target: Uint8Array, start: number): number {
  if (text.length <= SHORT_TEXT) {
    let index = 0;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) break;
      target[start + index] = code;
    }
    if (index === text.length) return start + index;
  }
  return start + encoder.encodeInto(text, target.subarray(start)).written;
}

function writeLatin1(text: string, target: Uint8Array, start: number): void {
  for (let index = 0; index < text.length; index += 1) target[start + index] = text.charCodeAt(index);
}
