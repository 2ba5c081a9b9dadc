import { decodeHex } from '../bytes/hex.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import type { DigestName, Digests, MacKey, Message } from './digests.ts';
import { createOneShotMacKey, type OneShotHash } from './one-shot-mac.ts';

/** What is used of Node's crypto module. */
interface NodeCrypto {
  createHash(digest: DigestName): NodeHash;
  createHmac(digest: DigestName, secret: Uint8Array): NodeHash;
  hash?: OneShotHash;
}

interface NodeHash {
  update(part: string | Uint8Array): unknown;
  digest(encoding: 'latin1'): string;
}

const PROBE: Message = ['what do ya want ', utf8('for nothing?')];
const PROBE_SECRET = 'Jefe';
/** RFC 4231, test case 2. */
const PROBE_MAC = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

/**
 * By Node's crypto module, asked for at run time so that no bundle has to hold it. Undefined where it is not there or does
 * not do what it should.
 */
export function nodeDigests(): Digests | undefined {
  const module = findNodeCrypto();
  if (module === undefined) return undefined;
  const streaming = streamingDigests(module);
  if (!isRight(streaming)) return undefined;
  const { hash } = module;
  if (typeof hash !== 'function') return streaming;
  const oneShot: Digests = {
    ...streaming,
    macKey: (digest, secret) => createOneShotMacKey(hash, digest, secret, () => streaming.macKey(digest, secret)),
  };
  return isRight(oneShot) ? oneShot : streaming;
}

function streamingDigests(module: NodeCrypto): Digests {
  return {
    isSynchronous: true,
    sha256: (message) => finish(module.createHash('sha256'), message),
    macKey: (digest, secret): MacKey => ({ sign: (message) => finish(module.createHmac(digest, secret), message) }),
  };
}

function finish(hash: NodeHash, message: Message): Uint8Array {
  for (const part of message) hash.update(part);
  return latin1Bytes(hash.digest('latin1'));
}

/** Text is cheaper to get out of Node than a Buffer, by a microsecond for each. */
function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function isRight(digests: Digests): boolean {
  try {
    const mac = digests.macKey('sha256', utf8(PROBE_SECRET)).sign(PROBE);
    const expected = decodeHex(PROBE_MAC);
    return mac instanceof Uint8Array && expected !== undefined && equalBytes(mac, expected);
  } catch {
    return false;
  }
}

function findNodeCrypto(): NodeCrypto | undefined {
  try {
    const process: unknown = Reflect.get(globalThis, 'process');
    if (typeof process !== 'object' || process === null) return undefined;
    const getBuiltin: unknown = Reflect.get(process, 'getBuiltinModule');
    if (typeof getBuiltin !== 'function') return undefined;
    const module: unknown = Reflect.apply(getBuiltin, process, ['node:crypto']);
    return isNodeCrypto(module) ? module : undefined;
  } catch {
    return undefined;
  }
}

function isNodeCrypto(module: unknown): module is NodeCrypto {
  return (
    typeof module === 'object' &&
    module !== null &&
    typeof Reflect.get(module, 'createHash') === 'function' &&
    typeof Reflect.get(module, 'createHmac') === 'function'
  );
}
