import type { SignatureVerification } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import { decodeHex } from '../bytes/hex.ts';
import { createValueReader } from '../contract/read-value.ts';
import type { Digests } from '../crypto/digests.ts';
import { DUPLICATED, type HeaderNames } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { type ProofFailure, refuse } from './proof.ts';

/** Checks the body against its digest. True: the template's form is the body's; false: it is empty. */
export function createBodyCheck(
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
