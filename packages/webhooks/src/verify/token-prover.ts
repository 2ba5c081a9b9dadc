import type { TokenVerification } from '@mortise/core';
import { createValueReader } from '../contract/read-value.ts';
import type { Digests } from '../crypto/digests.ts';
import { listSecrets } from '../keys/webhook-secrets.ts';
import type { HeaderNames } from '../request/read-headers.ts';
import type { RequestView } from '../request/request-view.ts';
import { isSameSecret } from './compare-secret.ts';
import { type Proof, type ProofContext, type ProofFailure, type Prover, refuse } from './proof.ts';
import { requireValue } from './require-value.ts';

/** Checks a shared value that the vendor repeats. */
export function createTokenProver(
  verification: Omit<TokenVerification, 'scheme'>,
  headers: HeaderNames,
  digests: Digests,
): Prover {
  const reader = createValueReader(verification.from, headers);
  const { prefix = '', secretField } = verification;
  return {
    scheme: 'token',
    covers: () => false,
    async prove(view: RequestView, context: ProofContext): Promise<Proof | ProofFailure> {
      const value = requireValue(reader, view);
      if (typeof value !== 'string') return value;
      const secrets = listSecrets(context.sources, secretField);
      if (secrets.length === 0) return refuse('no_secret', `The secret has no field "${secretField}"`);
      if (!value.startsWith(prefix)) return refuse('malformed', `Not after "${prefix}": ${reader.where}`);
      for (const { id, text } of secrets)
        if (await isSameSecret(digests, value.slice(prefix.length), text))
          return { ok: true, keyId: id, timestampMs: undefined, message: [view.rawBody] };
      return refuse('no_match', `Not the value of "${secretField}": ${reader.where}`);
    },
  };
}
