import type { WebhookContract, WebhookVerification } from '@mortise/core';
import type { Digests } from '../crypto/digests.ts';
import { HeaderNames } from '../request/read-headers.ts';
import { createBasicProver } from '../verify/basic-prover.ts';
import { createJwtProver } from '../verify/jwt-prover.ts';
import type { Prover } from '../verify/proof.ts';
import { createSignatureProver } from '../verify/signature-prover.ts';
import { createTokenProver } from '../verify/token-prover.ts';
import type { TimestampUnit } from './parse-timestamp.ts';
import { createValueReader, type ValueReader } from './read-value.ts';

/** A contract made ready for any number of deliveries. */
export interface CompiledContract {
  readonly key: string;
  readonly contract: WebhookContract;
  /** Headers that are looked at. */
  readonly headers: HeaderNames;
  readonly provers: readonly Prover[];
  /** What in the contract does not exist. */
  readonly unsupported: readonly string[];
  /** True: the vendor proves nothing, which the contract says. */
  readonly hasNone: boolean;
  readonly eventId: readonly ValueReader[];
  readonly eventType: readonly ValueReader[];
  readonly occurredAt?: { readonly reader: ValueReader; readonly unit: TimestampUnit };
  /** Headers with parts of the event id. */
  readonly idHeaders: readonly ValueReader[];
}

export function compileContract(contract: WebhookContract, digests: Digests): CompiledContract {
  const headers = new HeaderNames();
  const provers: Prover[] = [];
  const unsupported: string[] = [];
  let hasNone = false;
  for (const verification of listVerifications(contract)) {
    const prover = createProver(verification, headers, digests);
    if (prover === 'none') hasNone = true;
    else if (typeof prover === 'string') unsupported.push(prover);
    else provers.push(prover);
  }
  const eventId = (contract.eventId ?? []).map((value) => createValueReader(value, headers));
  const { occurredAt } = contract;
  return {
    key: contract.key ?? 'default',
    contract,
    headers,
    provers,
    unsupported,
    hasNone,
    eventId,
    eventType: (contract.eventType ?? []).map((value) => createValueReader(value, headers)),
    idHeaders: eventId.filter(({ value }) => 'header' in value),
    ...(occurredAt === undefined
      ? {}
      : { occurredAt: { reader: createValueReader(occurredAt.value, headers), unit: occurredAt.unit } }),
  };
}

function listVerifications({ verification }: WebhookContract): readonly WebhookVerification[] {
  return isList(verification) ? verification : [verification];
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

function createProver(verification: WebhookVerification, headers: HeaderNames, digests: Digests): Prover | string {
  switch (verification.scheme) {
    case 'signature':
      return createSignatureProver(verification, headers, digests);
    case 'token':
      return createTokenProver(verification, headers, digests);
    case 'basic':
      return createBasicProver(verification, headers, digests);
    case 'jwt':
      return createJwtProver(verification, headers, digests);
    case 'none':
      return 'none';
    default:
      return 'The contract names a scheme that does not exist';
  }
}
