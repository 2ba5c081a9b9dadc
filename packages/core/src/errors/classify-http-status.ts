import type { HeadersLike } from '../call/headers-like.ts';
import { retryAfterMsFromHeaders } from '../call/retry-after.ts';
import type { IntegrationErrorCode } from './integration-error.ts';
import type { RetryAdvice } from './mortise-error.ts';

/** What an HTTP status means for a call, whichever the provider. */
export interface HttpStatusClass {
  readonly code: IntegrationErrorCode;
  readonly retry: RetryAdvice;
  /** Present when the response named a wait. */
  readonly retryAfterMs?: number;
}

const CODES: Readonly<Record<number, IntegrationErrorCode>> = {
  401: 'unauthenticated',
  402: 'quota_exceeded',
  403: 'forbidden',
  404: 'not_found',
  407: 'unauthenticated',
  408: 'timeout',
  409: 'conflict',
  410: 'not_found',
  412: 'precondition_failed',
  425: 'unavailable',
  428: 'precondition_failed',
  429: 'rate_limited',
  451: 'forbidden',
  500: 'provider_error',
  501: 'unsupported',
  502: 'unavailable',
  503: 'unavailable',
  504: 'timeout',
  505: 'unsupported',
};

/**
 * Reads a failed HTTP response by its status: what it means and whether trying again can help. A status that is not
 * known counts as 400 or 500 (RFC 9110, section 15). Whether a write may be repeated is for the caller to decide.
 *
 * @param headers Looked at for the wait that the service asks for; 503 with a wait is throttling.
 * @param nowMs Epoch milliseconds, for waits given as a date. Default the current time.
 * @returns Undefined for a status below 400 or above 599.
 */
export function classifyHttpStatus(
  status: number,
  headers?: HeadersLike,
  nowMs: number = Date.now(),
): HttpStatusClass | undefined {
  if (!Number.isInteger(status) || status < 400 || status > 599) return undefined;
  const retryAfterMs = headers === undefined ? undefined : retryAfterMsFromHeaders(headers, nowMs);
  const code = CODES[status] ?? (status < 500 ? 'invalid_request' : 'provider_error');
  const retry = retryAdvice(status, retryAfterMs);
  return { code, retry, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function retryAdvice(status: number, retryAfterMs: number | undefined): RetryAdvice {
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) return 'throttled';
  if (status === 408 || status === 425) return 'transient';
  return status >= 500 && status !== 501 && status !== 505 ? 'transient' : 'never';
}
