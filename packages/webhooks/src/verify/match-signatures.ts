import type { SignatureVerification } from '@mortise/core';
import { equalBytes } from '../bytes/compare-bytes.ts';
import { joinBytes } from '../bytes/text-bytes.ts';
import type { DigestName, Digests, MacKey, Message } from '../crypto/digests.ts';
import { BoundedCache } from '../keys/bounded-cache.ts';
import { importPublicKey, type PublicKey } from '../keys/public-keys.ts';
import { listSecrets, secretBytes } from '../keys/webhook-secrets.ts';
import { fetchedKeys } from './fetched-keys.ts';
import { type MaybeLater, type ProofContext, type ProofFailure, refuse } from './proof.ts';

/** Keys made from secrets that one contract remembers; twice as many at most. */
const KEYS_PER_GENERATION = 512;

const MAC_DIGESTS: Readonly<Record<string, DigestName>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha256': 'sha256',
  'hmac-sha512': 'sha512',
};

export interface Match {
  readonly keyId: string;
}

/** Which signature fits, if any: the id of its key, or why there is none. */
export type Matcher = (
  signatures: readonly Uint8Array<ArrayBuffer>[],
  message: Message,
  context: ProofContext,
) => MaybeLater<Match>;

export const NO_MATCH = refuse('no_match', 'No signature is that of an active secret over this very request');

/** Makes the keys of a verification ready. A text instead says what in it does not exist. */
export function createMatcher(verification: SignatureVerification, digests: Digests): Matcher | string {
  const { algorithm, key } = verification;
  const digest = Object.hasOwn(MAC_DIGESTS, algorithm) ? MAC_DIGESTS[algorithm] : undefined;
  if (digest !== undefined) {
    if (!('secretField' in key)) return `An ${algorithm} needs a secret, not a set of public keys`;
    return createMacMatcher(key, (secret) => digests.macKey(digest, secret));
  }
  if (algorithm !== 'ed25519' && algorithm !== 'ecdsa-p256-sha256')
    return `The signature algorithm "${algorithm}" does not exist`;
  if ('secretField' in key) return createPublicKeyMatcher(key, algorithm);
  return async (signatures, message, { keySets }) => {
    const content = joinBytes(message);
    return fetchedKeys({ key, algorithm, keySets }, (keys) => firstMatch(keys, signatures, content));
  };
}

type SecretKeySource = Extract<SignatureVerification['key'], { secretField: string }>;

function createMacMatcher(key: SecretKeySource, makeKey: (secret: Uint8Array) => MacKey): Matcher {
  const cache = new BoundedCache<string, MacKey>(KEYS_PER_GENERATION);
  return (signatures, message, { sources }) => {
    const secrets = listSecrets(sources, key.secretField);
    const ids: string[] = [];
    const macs: (Uint8Array | Promise<Uint8Array>)[] = [];
    for (const { id, text } of secrets) {
      let macKey = cache.get(text);
      if (macKey === undefined) {
        const bytes = secretBytes(text, key);
        if (bytes === undefined) continue;
        macKey = makeKey(bytes);
        cache.set(text, macKey);
      }
      ids.push(id);
      macs.push(macKey.sign(message));
    }
    if (macs.length === 0) return noKey(key, secrets.length);
    return areReady(macs)
      ? compareMacs(macs, ids, signatures)
      : Promise.all(macs.map(async (mac) => mac)).then((ready) => compareMacs(ready, ids, signatures));
  };
}

function areReady(macs: readonly (Uint8Array | Promise<Uint8Array>)[]): macs is readonly Uint8Array[] {
  return macs.every((mac) => mac instanceof Uint8Array);
}

function compareMacs(
  macs: readonly Uint8Array[],
  ids: readonly string[],
  signatures: readonly Uint8Array[],
): Match | ProofFailure {
  let index = 0;
  for (const mac of macs) {
    for (const signature of signatures) if (equalBytes(mac, signature)) return { keyId: ids[index] ?? '' };
    index += 1;
  }
  return NO_MATCH;
}

function createPublicKeyMatcher(key: SecretKeySource, algorithm: 'ed25519' | 'ecdsa-p256-sha256'): Matcher {
  const cache = new BoundedCache<string, PublicKey>(KEYS_PER_GENERATION);
  return async (signatures, message, { sources }) => {
    const secrets = listSecrets(sources, key.secretField);
    const keys: PublicKey[] = [];
    for (const { id, text } of secrets) {
      let publicKey = cache.get(text);
      if (publicKey === undefined) {
        publicKey = await importPublicKey(text, key, algorithm);
        if (publicKey === undefined) continue;
        cache.set(text, publicKey);
      }
      keys.push({ ...publicKey, id });
    }
    if (keys.length === 0) return noKey(key, secrets.length);
    return (await firstMatch(keys, signatures, joinBytes(message))) ?? NO_MATCH;
  };
}

function noKey({ secretField, encoding = 'utf-8' }: SecretKeySource, count: number): ProofFailure {
  if (count === 0) return refuse('no_secret', `The secret has no field "${secretField}"`);
  return refuse('invalid_secret', `The field "${secretField}" holds no key in ${encoding}`);
}

async function firstMatch(
  keys: readonly PublicKey[],
  signatures: readonly Uint8Array<ArrayBuffer>[],
  content: Uint8Array<ArrayBuffer>,
): Promise<{ readonly keyId: string } | undefined> {
  for (const key of keys)
    for (const signature of signatures)
      if (key.fits(signature) && (await key.verify(signature, content))) return { keyId: key.id ?? 'key set' };
  return undefined;
}
