import {
  classifyHttpStatus,
  type ErrorContract,
  type IntegrationErrorCode,
  type ResponseMeaning,
  retryAfterMsFromHeaders,
  type RetryAdvice,
  type RetryAfterReading,
} from '@mortise/core';
import { type RateLimitSnapshot, waitForLimits } from '../limits/rate-limit-snapshot.ts';
import { readWait } from '../limits/read-wait.ts';
import { findRule, readText, readValue, type ResponseFacts } from '../response/response-facts.ts';
import { IntegrationRequestError } from './integration-request-error.ts';

/** What a failed answer is read with. */
export interface FailureReading {
  readonly errors: ErrorContract | undefined;
  readonly retryAfter: readonly RetryAfterReading[] | undefined;
  readonly rateLimits: readonly RateLimitSnapshot[];
  /** Which request it was, such as `GET /v1/items`; without any value that was filled in. */
  readonly subject: string;
  readonly nowMs: number;
  /** Takes known secrets out of the provider's words. */
  readonly redact: (text: string) => string;
}

interface MeaningClass {
  readonly code: IntegrationErrorCode;
  readonly retry: RetryAdvice;
}

const CLASSES: Readonly<Record<ResponseMeaning, MeaningClass>> = {
  bad_credential: { code: 'unauthenticated', retry: 'never' },
  missing_scope: { code: 'forbidden', retry: 'never' },
  throttled: { code: 'rate_limited', retry: 'throttled' },
  quota_exhausted: { code: 'quota_exceeded', retry: 'never' },
  misconfigured: { code: 'invalid_request', retry: 'never' },
  not_found: { code: 'not_found', retry: 'never' },
  invalid_request: { code: 'invalid_request', retry: 'never' },
  conflict: { code: 'conflict', retry: 'never' },
  unavailable: { code: 'unavailable', retry: 'transient' },
};

/** A failure with a success status that no rule explains. */
const UNKNOWN_FAILURE: MeaningClass = { code: 'provider_error', retry: 'never' };

/** Headers in which providers and their proxies name a request, tried after the spec's places. */
const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'x-amzn-requestid', 'x-ms-request-id', 'x-correlation-id'];

/** The provider's id of a request: where the spec says, or in a usual header. */
export function readRequestId(errors: ErrorContract | undefined, facts: ResponseFacts): string | undefined {
  const told = readText(errors?.requestId, facts);
  if (told !== undefined) return told.slice(0, 200);
  for (const name of REQUEST_ID_HEADERS) {
    const value = facts.headers.get(name)?.trim() ?? '';
    if (value !== '' && value.length <= 200) return value;
  }
  return undefined;
}

/**
 * The wait that an answer asks for: where the spec says, else in the standard headers, else until the limits that are
 * used up. Undefined when it asks for none.
 */
export function readRetryAfter(
  facts: ResponseFacts,
  { retryAfter, rateLimits, nowMs }: Pick<FailureReading, 'retryAfter' | 'rateLimits' | 'nowMs'>,
): number | undefined {
  for (const reading of retryAfter ?? []) {
    const waitMs = readWait(readValue(reading, facts), reading.format, nowMs);
    if (waitMs !== undefined) return waitMs;
  }
  return retryAfterMsFromHeaders(facts.headers, nowMs) ?? waitForLimits(rateLimits);
}

/** Turns a failed answer into the error that the caller gets: by the spec's rules, else by its status. */
export function errorFromResponse(facts: ResponseFacts, reading: FailureReading): IntegrationRequestError {
  const { errors, subject, redact } = reading;
  const rule = findRule(errors?.rules, facts);
  const asked = readRetryAfter(facts, reading);
  const byStatus = classifyHttpStatus(facts.status, asked === undefined ? undefined : { 'retry-after': asked / 1000 });
  const meant = rule === undefined ? undefined : CLASSES[rule.means];
  const { code, retry } = meant ?? byStatus ?? UNKNOWN_FAILURE;
  const advice = adviceOf(rule?.retryable, retry);
  const providerCode = readText(errors?.code, facts);
  const told = readText(errors?.message, facts);
  const requestId = readRequestId(errors, facts);
  const name = providerCode === undefined ? '' : ` (${redact(providerCode)})`;
  const words = told === undefined ? '' : `: ${redact(told)}`;
  return new IntegrationRequestError({
    code,
    retry: advice,
    reason: 'response',
    message: `${subject} answered ${facts.status}${name}${words}`,
    httpStatus: facts.status,
    rateLimits: reading.rateLimits,
    ...(rule === undefined ? {} : { meaning: rule.means }),
    ...(providerCode === undefined ? {} : { providerCode: redact(providerCode) }),
    ...(requestId === undefined ? {} : { requestId: redact(requestId) }),
    // A used-up limit that a 404 happens to report is not what it waits for.
    ...(asked === undefined || !(advice !== 'never' || code === 'quota_exceeded') ? {} : { retryAfterMs: asked }),
  });
}

function adviceOf(isRetryable: boolean | undefined, retry: RetryAdvice): RetryAdvice {
  if (isRetryable === undefined) return retry;
  if (!isRetryable) return 'never';
  return retry === 'never' ? 'transient' : retry;
}
