import type { SignatureVerification } from '@mortise/core';
import { encodeBase64 } from '../bytes/base64.ts';
import { encodeHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/text-bytes.ts';
import { formatTimestamp } from '../contract/parse-timestamp.ts';
import { createValueReader } from '../contract/read-value.ts';
import { type Message, platformDigests } from '../crypto/digests.ts';
import { fixedToDer } from '../keys/der.ts';
import { tinkPrefix } from '../keys/tink-keyset.ts';
import { listSecrets, secretBytes } from '../keys/webhook-secrets.ts';
import { HeaderNames } from '../request/read-headers.ts';
import { RequestView } from '../request/request-view.ts';
import { createMessageBuilder } from '../verify/signed-message.ts';
import { type Draft, placeValue } from './place-value.ts';
import type { SigningContext } from './signing-context.ts';
import { WebhookSigningError } from './webhook-signing-error.ts';

const MAC_DIGESTS = { 'hmac-sha1': 'sha1', 'hmac-sha256': 'sha256', 'hmac-sha512': 'sha512' } as const;

/** Completes the draft with timestamp and digest, and signs it. */
export async function signContent(
  draft: Draft,
  verification: SignatureVerification,
  context: SigningContext,
): Promise<{ readonly signatures: readonly string[]; readonly stamp: string }> {
  const { bodyDigest, signature } = verification;
  const digests = platformDigests();
  const bodyHash = await digests.sha256([draft.rawBody]);
  if (bodyDigest !== undefined && (bodyDigest.optional !== true || !isFormBody(draft))) {
    const text = bodyDigest.encoding === 'hex' ? encodeHex(bodyHash) : encodeBase64(bodyHash, 'base64');
    placeValue(draft, bodyDigest.from, text);
  }
  const stamp = placeTimestamp(draft, verification, context);

  const headers = new HeaderNames();
  const builder = createMessageBuilder(verification.signed, headers);
  if (typeof builder === 'string') throw new WebhookSigningError('UNSUPPORTED', builder);
  const view = requestView(draft, headers);
  const url = builder.hasUrl ? view.url : '';
  if (url === undefined) throw new WebhookSigningError('INVALID_DELIVERY', 'The URL is signed and must be absolute');
  const isForm = bodyDigest === undefined || isFormBody(draft);
  const message = builder.build({ view, stamp, isForm, bodyHash: encodeHex(bodyHash) }, url);
  if ('reason' in message) throw new WebhookSigningError('INVALID_DELIVERY', message.message);
  const signatures = await sign(message, verification, context);
  const { encoding } = signature;
  return {
    stamp,
    signatures: signatures.map((bytes) => (encoding === 'hex' ? encodeHex(bytes) : encodeBase64(bytes, encoding))),
  };
}

function requestView(draft: Draft, headers: HeaderNames): RequestView {
  const { url, ...request } = draft;
  return new RequestView(url === undefined ? request : { ...request, url }, headers, {});
}

/** A form is signed field by field, and has no digest. */
function isFormBody({ headers }: Draft): boolean {
  return Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('application/x-www-form-urlencoded'),
  );
}

function placeTimestamp(
  draft: Draft,
  { timestamp }: SignatureVerification,
  { delivery, options }: SigningContext,
): string {
  if (timestamp === undefined) return '';
  const { from, unit } = timestamp;
  const stamp = formatTimestamp(delivery.timestampMs ?? (options.now ?? Date.now)(), unit);
  if ('item' in from) return stamp;
  if ('header' in from || 'query' in from) {
    placeValue(draft, from, stamp);
    return stamp;
  }
  const headers = new HeaderNames();
  const reader = createValueReader(from, headers);
  const written = reader.read(requestView(draft, headers));
  if (typeof written !== 'string')
    throw new WebhookSigningError('INVALID_DELIVERY', `Missing: timestamp in ${reader.where}`);
  return written;
}

async function sign(
  message: Message,
  { algorithm, key }: SignatureVerification,
  { secrets, options }: SigningContext,
): Promise<Uint8Array[]> {
  if (algorithm === 'hmac-sha1' || algorithm === 'hmac-sha256' || algorithm === 'hmac-sha512') {
    if (!('secretField' in key)) throw new WebhookSigningError('UNSUPPORTED', `An ${algorithm} needs a secret`);
    const keys = listSecrets({ secrets }, key.secretField).map(({ text }) => secretBytes(text, key));
    if (keys.length === 0) throw new WebhookSigningError('NO_KEY', `The secret has no field "${key.secretField}"`);
    return Promise.all(
      keys.map(async (bytes) => {
        if (bytes === undefined)
          throw new WebhookSigningError('NO_KEY', `The field "${key.secretField}" is not encoded as the contract says`);
        return platformDigests().macKey(MAC_DIGESTS[algorithm], bytes).sign(message);
      }),
    );
  }
  const { privateKey, keyId } = options;
  if (privateKey === undefined) throw new WebhookSigningError('NO_KEY', `An ${algorithm} signature needs a privateKey`);
  const content = joinBytes(message);
  if (algorithm === 'ed25519') return [new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, content))];
  const fixed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, content);
  const isTink = 'keySetUrl' in key && key.format === 'tink';
  const prefix = isTink && keyId !== undefined ? tinkPrefix(Number(keyId)) : new Uint8Array();
  return [joinBytes([prefix, fixedToDer(new Uint8Array(fixed))])];
}
