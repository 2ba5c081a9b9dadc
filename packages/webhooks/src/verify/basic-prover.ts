import type { BasicVerification } from '@mortise/core';
import { decodeBase64 } from '../bytes/base64.ts';
import { createValueReader } from '../contract/read-value.ts';
import type { Digests } from '../crypto/digests.ts';
import { listSecrets, type WebhookSecrets } from '../keys/webhook-secrets.ts';
import type { HeaderNames } from '../request/read-headers.ts';
import { isSameSecret } from './compare-secret.ts';
import { type ProofContext, type Prover, refuse } from './proof.ts';
import { requireValue } from './require-value.ts';

const COLON = 58;

/** Checks the receiver's own user name and password (RFC 7617). */
export function createBasicProver(verification: BasicVerification, headers: HeaderNames, digests: Digests): Prover {
  const reader = createValueReader({ header: 'authorization' }, headers);
  const { usernameField, passwordField } = verification;
  return {
    scheme: 'basic',
    covers: () => false,
    async prove(view, context) {
      const value = requireValue(reader, view);
      if (typeof value !== 'string') return value;
      const pairs = listPairs(context, usernameField, passwordField);
      if (pairs.length === 0)
        return refuse('no_secret', `The secret lacks the field "${usernameField}" or "${passwordField}"`);
      const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(value)?.[1];
      const credentials = encoded === undefined ? undefined : decodeBase64(encoded, 'base64', 'optional');
      const colon = credentials?.indexOf(COLON) ?? -1;
      if (credentials === undefined || colon === -1)
        return refuse('malformed', 'The header "authorization" is not of the form Basic user:password');
      for (const { id, username, password } of pairs) {
        const isUser = await isSameSecret(digests, credentials.subarray(0, colon), username);
        // Both are always compared, so that the time does not tell which one was wrong.
        const isPassword = await isSameSecret(digests, credentials.subarray(colon + 1), password);
        if (isUser && isPassword) return { ok: true, keyId: id, timestampMs: undefined, message: [view.rawBody] };
      }
      return refuse('no_match', 'The header "authorization" has another user name or password');
    },
  };
}

interface Pair {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** A user name belongs to the password beside it: those of the past are never mixed with the current ones. */
function listPairs({ sources, config }: ProofContext, usernameField: string, passwordField: string): Pair[] {
  const pairs: Pair[] = [];
  const generations: (readonly [WebhookSecrets, string])[] = [
    [sources.secrets, ''],
    ...(sources.previousSecrets ?? []).map((previous, index) => [previous, `previous[${index}].`] as const),
  ];
  for (const [secrets, before] of generations) {
    const configured = Object.hasOwn(config, usernameField) ? config[usernameField] : undefined;
    const names = listSecrets({ secrets }, usernameField).map(({ text }) => text);
    if (names.length === 0 && typeof configured === 'string' && configured !== '') names.push(configured);
    const passwords = listSecrets({ secrets }, passwordField);
    for (const [index, { id, text }] of passwords.entries()) {
      const username = names[index] ?? (names.length === 1 ? names[0] : undefined);
      if (username !== undefined) pairs.push({ id: before + id, username, password: text });
    }
  }
  return pairs;
}
