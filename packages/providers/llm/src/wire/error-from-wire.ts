import { classifyHttpStatus, IntegrationError, type IntegrationErrorCode, type RetryAdvice } from '@mortise/core';
import { isRecord, recordAt, type UnknownRecord } from './json-access.ts';

/** An answer that is not a success, read to its end. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as text; only the vendor's error code is taken from it. */
  readonly body: string;
}

interface Verdict {
  readonly code: IntegrationErrorCode;
  readonly retry: RetryAdvice;
  readonly retryAfterMs?: number;
}

/** Vendor codes that say more than the status beside them. */
const BY_PROVIDER_CODE: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['insufficient_quota', { code: 'quota_exceeded', retry: 'never' }],
  ['content_filter', { code: 'content_filtered', retry: 'never' }],
  ['content_policy_violation', { code: 'content_filtered', retry: 'never' }],
]);

/** A status that is no failure and was not handled as a success, such as a redirect. */
const UNEXPECTED: Verdict = { code: 'provider_error', retry: 'never' };

/** Headers in which vendors of the format give the id of a request. */
const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'mistral-correlation-id', 'x-kong-request-id'] as const;

/** An id of a request as vendors make them. */
const REQUEST_ID = /^[\w.:-]{1,80}$/;

/**
 * What may be shown of a body: a code made of words and numbers such as `rate_limit_exceeded` or `3505`. Prose can quote
 * the prompt, and letters mixed with digits can be a key.
 */
const CODE = /^(?:[a-z]{1,24}|\d{1,6})(?:[_.:-](?:[a-z]{1,24}|\d{1,6})){0,8}$/i;

/**
 * The error for an answer that is not a success: code and retry advice by status, refined by the vendor's own code.
 * Reads OpenAI's nested error object and Mistral's flat one. Nothing else of the body goes into it.
 *
 * @param now Epoch milliseconds, to read a `Retry-After` date.
 */
export function errorFromAnswer(answer: FailedAnswer, now: number): IntegrationError {
  const providerCode = providerCodeOf(parse(answer.body));
  const { code, retry, retryAfterMs } =
    BY_PROVIDER_CODE.get(providerCode ?? '') ?? classifyHttpStatus(answer.status, answer.headers, now) ?? UNEXPECTED;
  const requestId = requestIdOf(answer.headers);
  return new IntegrationError({
    code,
    retry,
    message: `The provider answered with status ${answer.status}${providerCode === undefined ? '' : ` (${providerCode})`}`,
    httpStatus: answer.status,
    ...(retry === 'never' || retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(providerCode === undefined ? {} : { providerCode }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** The error that a stream reports in one of its events, or undefined where the event is not an error. */
export function errorFromEvent(event: UnknownRecord): IntegrationError | undefined {
  if (!isRecord(event['error']) && event['object'] !== 'error' && typeof event['error'] !== 'string') return undefined;
  const providerCode = providerCodeOf(event);
  const verdict = BY_PROVIDER_CODE.get(providerCode ?? '') ??
    classifyHttpStatus(Number(providerCode)) ?? { code: 'provider_error' as const, retry: 'transient' as const };
  return new IntegrationError({
    ...verdict,
    message: `The provider broke off the stream with an error${providerCode === undefined ? '' : ` (${providerCode})`}`,
    ...(providerCode === undefined ? {} : { providerCode }),
  });
}

/** The provider's id of the request, where a known header gives one that is safe to show. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of REQUEST_ID_HEADERS) {
    const value = headers.get(name);
    if (value !== null && REQUEST_ID.test(value)) return value;
  }
  return undefined;
}

function providerCodeOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const error = recordAt(body, 'error') ?? body;
  for (const key of ['code', 'type']) {
    const value = error[key];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && CODE.test(value)) return value;
  }
  return undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
