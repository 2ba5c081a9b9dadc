import type { WebhookKeySource } from '@mortise/core';
import type { KeySets } from '../keys/key-sets.ts';
import { importKeySet, type PublicKey, type PublicKeyAlgorithm } from '../keys/public-keys.ts';
import { type ProofFailure, refuse } from './proof.ts';

const DAY_MS = 86_400_000;

/** Imported keys by the document that they came in, so that each is imported once. */
const imported = new WeakMap<object, Map<PublicKeyAlgorithm, Promise<PublicKey[]>>>();

export interface FetchedKeysRequest {
  readonly key: Extract<WebhookKeySource, { keySetUrl: string }>;
  readonly algorithm: PublicKeyAlgorithm;
  readonly keySets: KeySets;
}

/** Looks for a match among the vendor's published keys, and once more among those published since. */
export async function fetchedKeys<Match extends object>(
  request: FetchedKeysRequest,
  find: (keys: readonly PublicKey[]) => Promise<Match | undefined>,
): Promise<Match | ProofFailure> {
  const { keySetUrl, format, maxAgeMs = DAY_MS } = request.key;
  try {
    const known = await request.keySets.get(keySetUrl, { maxAgeMs });
    const match = await find(await importOnce(known, format, request.algorithm));
    if (match !== undefined) return match;
    const renewed = await request.keySets.get(keySetUrl, { maxAgeMs, refresh: true });
    const keys = await importOnce(renewed, format, request.algorithm);
    const late = renewed === known ? undefined : await find(keys);
    return late ?? refuse('no_match', `No signature is that of a key at ${keySetUrl} over this very request`);
  } catch {
    return refuse('keys_unavailable', `The keys at ${keySetUrl} could not be fetched; try again later`);
  }
}

async function importOnce(
  document: object,
  format: 'jwks' | 'tink',
  algorithm: PublicKeyAlgorithm,
): Promise<PublicKey[]> {
  const byAlgorithm = imported.get(document) ?? new Map<PublicKeyAlgorithm, Promise<PublicKey[]>>();
  imported.set(document, byAlgorithm);
  let keys = byAlgorithm.get(algorithm);
  if (keys === undefined) {
    keys = importKeySet(document, format, algorithm);
    byAlgorithm.set(algorithm, keys);
  }
  return keys;
}
