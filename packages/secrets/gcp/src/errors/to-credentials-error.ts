import { SecretProviderError } from '@mortise/secrets';
import { ClientOptionsError } from './client-options-error.ts';
import { GcpCallError } from './gcp-call-error.ts';
import { readRpcFailure } from './read-rpc-failure.ts';
import { failure, type Subject } from './subject.ts';

const RETRYABLE = new Set<string | undefined>(['UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED']);

/** Why a client could not be made ready: it found no credentials, or could not reach whoever gives them. */
export function toCredentialsError(error: unknown, subject: Subject): SecretProviderError {
  if (SecretProviderError.is(error)) return error;
  if (error instanceof ClientOptionsError) {
    return failure(subject, 'INVALID', 'the SDK cannot make a client of clientOptions', { cause: error });
  }
  const facts = readRpcFailure(error);
  const cause = new GcpCallError('Initialize', facts);
  if (RETRYABLE.has(facts.status)) {
    return failure(subject, 'UNAVAILABLE', 'the source of the credentials cannot be reached', { cause });
  }
  const advice = 'set GOOGLE_APPLICATION_CREDENTIALS, or credentials in clientOptions';
  return failure(subject, 'UNAUTHENTICATED', `no credentials for Google Cloud could be loaded; ${advice}`, { cause });
}
