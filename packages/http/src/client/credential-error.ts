import { type IntegrationErrorCode, MortiseError } from '@mortise/core';
import { IntegrationRequestError } from '../errors/integration-request-error.ts';

/** Codes of the auth package that say more than that something is not as it should be. */
const CODES: Readonly<Record<string, IntegrationErrorCode>> = {
  AUTH_REQUIRED: 'unauthenticated',
  AUTH_UNCERTAIN: 'unavailable',
  TOKEN_UNAVAILABLE: 'unavailable',
  LEASE_TIMEOUT: 'unavailable',
  STORE_FAILED: 'unavailable',
};

/** The error of a request that cannot be given its credentials. Errors that are not the library's own stay as they are. */
export function credentialError(error: unknown, subject: string): unknown {
  if (!MortiseError.is(error) || IntegrationRequestError.is(error)) return error;
  const field: unknown = Reflect.get(error, 'field');
  return new IntegrationRequestError({
    code: CODES[error.code] ?? 'invalid_request',
    retry: error.retry,
    reason: error.code in CODES ? 'credentials' : 'misconfigured',
    message: `${subject} has no credentials: ${error.message}`,
    cause: error,
    ...(typeof field === 'string' ? { field } : {}),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}
