import { IntegrationError, type IntegrationErrorCode, type RetryAdvice, retryAfterMsFromHeaders } from '@mortise/core';
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
}

const BY_STATUS: ReadonlyMap<number, Verdict> = new Map<number, Verdict>([
  [400, { code: 'invalid_request', retry: 'never' }],
  [401, { code: 'unauthenticated', retry: 'never' }],
  [402, { code: 'quota_exceeded', retry: 'never' }],
  [403, { code: 'forbidden', retry: 'never' }],
  [404, { code: 'not_found', retry: 'never' }],
  [405, { code: 'unsupported', retry: 'never' }],
  [408, { code: 'timeout', retry: 'transient' }],
  [409, { code: 'conflict', retry: 'never' }],
  [412, { code: 'precondition_failed', retry: 'never' }],
  [413, { code: 'invalid_request', retry: 'never' }],
  [415, { code: 'invalid_request', retry: 'never' }],
  [422, { code: 'invalid_request', retry: 'never' }],
  [429, { code: 'rate_limited', retry: 'throttled' }],
  [501, { code: 'unsupported', retry: 'never' }],
]);

/** Vendor codes that say more than the status beside them. */
const BY_PROVIDER_CODE: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['insufficient_quota', { code: 'quota_exceeded', retry: 'never' }],
  ['content_filter', { code: 'content_filtered', retry: 'never' }],
  ['content_policy_violation', { code: 'content_filtered', retry: 'never' }],
]);

/** Headers in which vendors of the format give the id of a request. */
const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'mistral-correlation-id', 'x-kong-request-id'] as const;

/** What may be shown of a body: a code, never prose, since prose can quote the prompt or the key. */
const SHOWABLE = /^[\w.:-]{1,80}$/;

/**
 * The error for an answer that is not a success: code and retry advice by status, refined by the vendor's own code.
 * Reads OpenAI's nested error object and Mistral's flat one. Nothing else of the body goes into it.
 *
 * @param now Epoch milliseconds, to read a `Retry-After` date.
 */
export function errorFromAnswer(answer: FailedAnswer, now: number): IntegrationError {
  const providerCode = providerCodeOf(parse(answer.body));
  const verdict = BY_PROVIDER_CODE.get(providerCode ?? '') ?? verdictFor(answer.status);
  const wait = verdict.retry === 'never' ? undefined : retryAfterMsFromHeaders(answer.headers, now);
  const requestId = requestIdOf(answer.headers);
  return new IntegrationError({
    code: verdict.code,
    retry: verdict.retry,
    message: `The provider answered with status ${answer.status}${providerCode === undefined ? '' : ` (${providerCode})`}`,
    httpStatus: answer.status,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(providerCode === undefined ? {} : { providerCode }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** The error that a stream reports in one of its events, or undefined where the event is not an error. */
export function errorFromEvent(event: UnknownRecord): IntegrationError | undefined {
  if (!isRecord(event['error']) && event['object'] !== 'error' && typeof event['error'] !== 'string') return undefined;
  const providerCode = providerCodeOf(event);
  const status = Number(providerCode);
  const verdict =
    BY_PROVIDER_CODE.get(providerCode ?? '') ??
    (BY_STATUS.has(status) || status >= 500
      ? verdictFor(status)
      : { code: 'provider_error' as const, retry: 'transient' as const });
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
    if (value !== null && SHOWABLE.test(value)) return value;
  }
  return undefined;
}

function verdictFor(status: number): Verdict {
  const known = BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status >= 500) return { code: 'unavailable', retry: 'transient' };
  return status >= 400 ? { code: 'invalid_request', retry: 'never' } : { code: 'provider_error', retry: 'never' };
}

function providerCodeOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const error = recordAt(body, 'error') ?? body;
  for (const key of ['code', 'type']) {
    const value = error[key];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && SHOWABLE.test(value)) return value;
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
