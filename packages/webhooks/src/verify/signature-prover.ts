import type { SignatureVerification } from '@mortise/core';
import { encodeHex } from '../bytes/hex.ts';
import { type ParsedSignatures, parseSignatures } from '../contract/parse-signatures.ts';
import { createValueReader, type ValueReader } from '../contract/read-value.ts';
import type { Digests, Message } from '../crypto/digests.ts';
import type { HeaderNames } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { urlVariants } from '../request/url-variants.ts';
import { createBodyCheck } from './body-check.ts';
import { checkTimestamp } from './check-timestamp.ts';
import { createMatcher, type Match, NO_MATCH } from './match-signatures.ts';
import { type MaybeLater, type Proof, type ProofContext, type ProofFailure, type Prover, refuse } from './proof.ts';
import { requireValue } from './require-value.ts';
import { createMessageBuilder, type MessageBuilder, type MessageParts } from './signed-message.ts';
import { createTokenProver } from './token-prover.ts';

interface Found extends Match {
  readonly message: Message;
}

type MessageMatcher = (message: Message) => MaybeLater<Match>;

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

  /** What comes before the signature itself, where it takes a digest of its own. */
  const prepare = async (view: RequestView, context: ProofContext): Promise<Prepared | ProofFailure> => {
    if (token !== undefined) {
      const shared = await token.prove(view, context);
      if (!shared.ok) return shared;
    }
    const isForm = checkBody === undefined ? true : await checkBody(view);
    if (typeof isForm !== 'boolean') return isForm;
    return { isForm, bodyHash: builder.hasBodyHash ? encodeHex(await digests.sha256([view.rawBody])) : '' };
  };
  const needsPreparation = token !== undefined || checkBody !== undefined || builder.hasBodyHash;

  return {
    scheme: 'signature',
    covers: (part) => builder.covers(part) || (part === 'body' && verification.bodyDigest !== undefined),
    prove(view, context): MaybeLater<Proof> {
      const header = findOne(readers, view);
      if (typeof header !== 'string') return header;
      const parsed = parseSignatures(header, place, itemName);
      if (typeof parsed === 'string') return refuse('malformed', `The header "${names.join('" or "')}" ${parsed}`);
      const early = isLate ? undefined : readTime(verification, time, { view, parsed, context });
      if (early !== undefined && 'reason' in early) return early;

      const conclude = (found: Found | ProofFailure): Proof | ProofFailure => {
        if ('reason' in found) return found;
        const stamped = isLate ? readTime(verification, time, { view, parsed, context }) : early;
        if (stamped !== undefined && 'reason' in stamped) return stamped;
        return { ok: true, keyId: found.keyId, timestampMs: stamped?.timestampMs, message: found.message };
      };
      const finish = ({ isForm, bodyHash }: Prepared): MaybeLater<Proof> => {
        const parts = { view, stamp: early?.stamp ?? '', isForm, bodyHash };
        const found = matchParts(builder, parts, (message) => match(parsed.signatures, message, context));
        return found instanceof Promise ? found.then(conclude) : conclude(found);
      };
      if (!needsPreparation) return finish(UNPREPARED);
      return prepare(view, context).then((prepared) => ('reason' in prepared ? prepared : finish(prepared)));
    },
  };
}

interface Prepared {
  readonly isForm: boolean;
  readonly bodyHash: string;
}

const UNPREPARED: Prepared = { isForm: true, bodyHash: '' };

/** Signs and compares, at once where the platform can, since a turn of the event loop takes as long as a short HMAC. */
function matchParts(builder: MessageBuilder, parts: MessageParts, match: MessageMatcher): MaybeLater<Found> {
  const url = builder.hasUrl ? parts.view.url : '';
  if (url === undefined) {
    const how = 'the URL as the vendor called it must be passed as url or origin';
    return refuse('missing_url', `The URL is signed and not known; ${how}`);
  }
  const message = builder.build(parts, url);
  if ('reason' in message) return message;
  const result = match(message);
  if (result instanceof Promise) return matchVariants(builder, { parts, url }, match);
  if (!('reason' in result)) return { keyId: result.keyId, message };
  return builder.hasUrl && result.reason === 'no_match' ? matchVariants(builder, { parts, url }, match) : result;
}

/** Signs and compares over each spelling of the URL, or once where the URL is not signed. */
async function matchVariants(
  builder: MessageBuilder,
  { parts, url: given }: { readonly parts: MessageParts; readonly url: string },
  match: MessageMatcher,
): Promise<Found | ProofFailure> {
  let result: Match | ProofFailure = NO_MATCH;
  for (const url of builder.hasUrl ? urlVariants(given) : ['']) {
    const message = builder.build(parts, url);
    if ('reason' in message) return message;
    result = await match(message);
    if (!('reason' in result)) return { keyId: result.keyId, message };
    if (result.reason !== 'no_match') return result;
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
