import type { SignatureVerification } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import { decodeHex, encodeHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/text-bytes.ts';
import { type ParsedSignatures, parseSignatures } from '../contract/parse-signatures.ts';
import { createValueReader, type ValueReader } from '../contract/read-value.ts';
import type { DigestName, Digests, MacKey, Message } from '../crypto/digests.ts';
import { BoundedCache } from '../keys/bounded-cache.ts';
import { importPublicKey, type PublicKey } from '../keys/public-keys.ts';
import { listSecrets, secretBytes } from '../keys/webhook-secrets.ts';
import { DUPLICATED, type HeaderNames } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { urlVariants } from '../request/url-variants.ts';
import { checkTimestamp } from './check-timestamp.ts';
import { fetchedKeys } from './fetched-keys.ts';
import { type Proof, type ProofContext, type ProofFailure, type Prover, refuse } from './proof.ts';
import { requireValue } from './require-value.ts';
import { createMessageBuilder, type MessageBuilder, type MessageParts } from './signed-message.ts';
import { createTokenProver } from './token-prover.ts';

/** Keys made from secrets that one contract remembers; twice as many at most. */
const KEYS_PER_GENERATION = 512;

const MAC_DIGESTS: Readonly<Record<string, DigestName>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha256': 'sha256',
  'hmac-sha512': 'sha512',
};

/** Which signature fits, if any: the id of its key, or why there is none. */
type Matcher = (
  signatures: readonly Uint8Array<ArrayBuffer>[],
  message: Message,
  context: ProofContext,
) => Promise<{ readonly keyId: string } | ProofFailure>;

const NO_MATCH = refuse('no_match', 'No signature is that of an active secret over this very request');

/** Checks signatures over parts of the delivery. A text instead of a prover says what in the contract does not exist. */
export function createSignatureProver(
  verification: SignatureVerification,
  headers: HeaderNames,
  digests: Digests,
): Prover | string {
  const { signature: place, timestamp } = verification;
  const builder = createMessageBuilder(verification.signed, headers);
  if (typeof builder === 'string') return builder;
  if (place.items?.separator === '' || place.items?.assign === '') return 'Items of a header need text between them';
  const match = createMatcher(verification, digests);
  if (typeof match === 'string') return match;
  const names = typeof place.header === 'string' ? [place.header] : place.header;
  const readers = names.map((header) => createValueReader({ header }, headers));
  const token = verification.token === undefined ? undefined : createTokenProver(verification.token, headers, digests);
  const checkBody = createBodyCheck(verification, headers, digests);
  const time = timestamp === undefined ? undefined : timeReader(timestamp.from, headers);
  const itemName = typeof time === 'string' ? time : undefined;
  // What stands in the body is believed, and parsed at all, only once the body is known to be the vendor's.
  const isLate = time !== undefined && typeof time !== 'string' && 'pointer' in time.value && !builder.hasTimestamp;

  return {
    scheme: 'signature',
    covers: (part) => builder.covers(part) || (part === 'body' && verification.bodyDigest !== undefined),
    async prove(view, context): Promise<Proof | ProofFailure> {
      const header = findOne(readers, view);
      if (typeof header !== 'string') return header;
      const parsed = parseSignatures(header, place, itemName);
      if (typeof parsed === 'string') return refuse('malformed', `The header "${names.join('" or "')}" ${parsed}`);

      const early = isLate ? undefined : readTime(verification, time, { view, parsed, context });
      if (early !== undefined && 'reason' in early) return early;
      if (token !== undefined) {
        const shared = await token.prove(view, context);
        if (!shared.ok) return shared;
      }
      const isForm = checkBody === undefined ? true : await checkBody(view);
      if (typeof isForm !== 'boolean') return isForm;

      const bodyHash = builder.hasBodyHash ? encodeHex(await digests.sha256([view.rawBody])) : '';

      const parts = { view, stamp: early?.stamp ?? '', isForm, bodyHash };
      const found = await matchVariants(builder, parts, (message) => match(parsed.signatures, message, context));
      if ('reason' in found) return found;
      const stamped = isLate ? readTime(verification, time, { view, parsed, context }) : early;
      if (stamped !== undefined && 'reason' in stamped) return stamped;
      return { ok: true, ...found, ...(stamped === undefined ? {} : { timestampMs: stamped.timestampMs }) };
    },
  };
}

/** Signs and compares over each spelling of the URL, or once where the URL is not signed. */
async function matchVariants(
  builder: MessageBuilder,
  parts: Omit<MessageParts, 'url'>,
  match: (message: Message) => Promise<{ readonly keyId: string } | ProofFailure>,
): Promise<{ readonly keyId: string; readonly message: Message } | ProofFailure> {
  const url = builder.hasUrl ? parts.view.url : '';
  if (url === undefined) {
    const how = 'the URL as the vendor called it must be passed as url or origin';
    return refuse('missing_url', `The URL is signed and not known; ${how}`);
  }
  let result: { readonly keyId: string } | ProofFailure = NO_MATCH;
  let tried = 0;
  for (let variants = [url]; tried < variants.length; tried += 1) {
    const message = builder.build({ ...parts, url: variants[tried] ?? url });
    if ('reason' in message) return message;
    result = await match(message);
    if (!('reason' in result)) return { keyId: result.keyId, message };
    if (result.reason !== 'no_match' || !builder.hasUrl) return result;
    if (tried === 0) variants = urlVariants(url);
  }
  return result;
}

function findOne(readers: readonly ValueReader[], view: RequestView): string | ProofFailure {
  let found: string | ProofFailure | undefined;
  for (const reader of readers) {
    const value = requireValue(reader, view);
    if (typeof value !== 'string' && value.reason === 'missing_header') continue;
    if (typeof value !== 'string') return value;
    if (found !== undefined) return refuse('duplicate_header', 'The signature came under several names');
    found = value;
  }
  return found ?? refuse('missing_header', `Missing: ${readers.map(({ where }) => where).join(' or ')}`);
}

function timeReader(
  from: NonNullable<SignatureVerification['timestamp']>['from'],
  headers: HeaderNames,
): string | ValueReader {
  return 'item' in from ? from.item : createValueReader(from, headers);
}

interface Stamp {
  /** As received, since that is what was signed. */
  readonly stamp: string;
  readonly timestampMs: number;
}

/** The timestamp, checked. Undefined where the contract has none. */
function readTime(
  { timestamp }: SignatureVerification,
  time: string | ValueReader | undefined,
  {
    view,
    parsed,
    context,
  }: { readonly view: RequestView; readonly parsed: ParsedSignatures; readonly context: ProofContext },
): Stamp | ProofFailure | undefined {
  if (timestamp === undefined || time === undefined) return undefined;
  const stamp = typeof time === 'string' ? parsed.item : requireValue(time, view);
  if (stamp === undefined) return refuse('malformed', `The signature header lacks the timestamp`);
  if (typeof stamp !== 'string') return stamp;
  const timestampMs = checkTimestamp(stamp, timestamp, context);
  return typeof timestampMs === 'number' ? { stamp, timestampMs } : timestampMs;
}

/** Checks the body against its digest. True: the template's form is the body's; false: it is empty. */
function createBodyCheck(
  { bodyDigest }: SignatureVerification,
  headers: HeaderNames,
  digests: Digests,
): ((view: RequestView) => Promise<boolean | ProofFailure>) | undefined {
  if (bodyDigest === undefined) return undefined;
  const reader = createValueReader(bodyDigest.from, headers);
  return async (view) => {
    const text = reader.read(view);
    if (text === undefined && bodyDigest.optional === true) return true;
    if (text === undefined) return refuse('missing_value', `Missing: digest of the body in ${reader.where}`);
    const claimed =
      text === DUPLICATED ? undefined : bodyDigest.encoding === 'hex' ? decodeHex(text) : decodeBase64(text, 'base64');
    if (claimed === undefined) return refuse('malformed', `Not one ${bodyDigest.encoding} digest: ${reader.where}`);
    const actual = await digests.sha256([view.rawBody]);
    return equalBytes(actual, claimed) ? false : refuse('no_match', `The body has another digest than ${reader.where}`);
  };
}

function createMatcher(verification: SignatureVerification, digests: Digests): Matcher | string {
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
  return async (signatures, message, { sources }) => {
    const secrets = listSecrets(sources, key.secretField);
    let usable = 0;
    for (const { id, text } of secrets) {
      let macKey = cache.get(text);
      if (macKey === undefined) {
        const bytes = secretBytes(text, key);
        if (bytes === undefined) continue;
        macKey = makeKey(bytes);
        cache.set(text, macKey);
      }
      usable += 1;
      const signed = macKey.sign(message);
      const mac = signed instanceof Uint8Array ? signed : await signed;
      for (const signature of signatures) if (equalBytes(mac, signature)) return { keyId: id };
    }
    return usable > 0 ? NO_MATCH : noKey(key, secrets.length);
  };
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
