import { SecretProviderError } from '@mortise/secrets';
import { failure, type Subject } from '../reference/subject.ts';
import { summarize } from './aws-error-summary.ts';
import { type ErrorMeaning, meaningOfName, meaningOfNetworkCode, meaningOfStatus } from './error-codes.ts';
import { type ErrorFacts, factsOf } from './error-facts.ts';

/** What a request was for: of a write that got no readable answer it is not known whether it happened. */
export type RequestKind = 'read' | 'write';

const NO_REGION: ErrorMeaning = {
  code: 'INVALID',
  problem: 'no region is set; give it in the reference, as the option "region", or as AWS_REGION',
};
const DAMAGED: ErrorMeaning = { code: 'INTEGRITY', problem: 'the answer is not what Secrets Manager sends; try again' };
const UNREADABLE: ErrorMeaning = {
  code: 'UNKNOWN',
  problem: 'the answer is not what Secrets Manager sends; whether the write happened is not known',
};
const UNEXPECTED: ErrorMeaning = { code: 'UNKNOWN', problem: 'the SDK failed in a way that is not known' };

/**
 * Whatever was thrown, as a `SecretProviderError`. Nothing of it but its name, code, status and request id goes on, for
 * an SDK's error may hold the request, the response and so the secret.
 */
export function toProviderError(error: unknown, subject: Subject, kind: RequestKind): SecretProviderError {
  if (SecretProviderError.is(error)) return error;
  const facts = factsOf(error, Date.now());
  const { code, problem, retry } = meaningOf(facts, kind);
  const cause = summarize(facts);
  const named = cause.name === 'unrecognised' || cause.name === 'Error' ? '' : ` (${cause.name})`;
  return failure(subject, code, `${problem}${named}`, {
    ...(retry === undefined ? {} : { retry }),
    ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
    cause,
  });
}

function meaningOf(facts: ErrorFacts, kind: RequestKind): ErrorMeaning {
  const { name, message, codes, httpStatus } = facts;
  // Codes first: the SDK calls a connection that was reset a timeout.
  for (const code of codes) {
    const network = meaningOfNetworkCode(code);
    if (network !== undefined) return network;
  }
  const named = [name, ...codes]
    .map((candidate) => meaningOfName(candidate, message))
    .find((each) => each !== undefined);
  if (named !== undefined) return named;
  if (httpStatus === undefined) return message === 'Region is missing' ? NO_REGION : UNEXPECTED;
  if (httpStatus >= 200 && httpStatus < 300) return kind === 'read' ? DAMAGED : UNREADABLE;
  return meaningOfStatus(httpStatus) ?? UNEXPECTED;
}
