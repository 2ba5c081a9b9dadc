import { type HeadersLike, MortiseError, retryAfterMsFromHeaders } from '@mortise/core';

/**
 * What kind of failure an error is: `transient` may pass by itself, `throttled` passes after a wait, `auth` means that
 * the credential was refused, `permanent` will fail again, `aborted` was asked for, `unknown` says nothing.
 */
export type ErrorClass = 'transient' | 'throttled' | 'auth' | 'permanent' | 'aborted' | 'unknown';

export interface ErrorClassification {
  readonly class: ErrorClass;
  /** The error's own text code, if it has one. */
  readonly code?: string;
  readonly httpStatus?: number;
  readonly retryAfterMs?: number;
  /** True only if the request certainly never reached the provider. */
  readonly neverSent: boolean;
}

const MAX_CAUSE_DEPTH = 10;

/** Connection failures that happen before a request leaves. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_HTTP2_STREAM_REFUSED', 'REFUSED_STREAM']);

const TRANSIENT_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
  'ATTEMPT_TIMEOUT',
  'timeout',
  'unavailable',
]);

const THROTTLED_NAME = /throttl|too.?many.?requests|rate.?limit/i;

/** Transient by HTTP semantics: the same request may succeed later. */
const TRANSIENT_STATUS = new Set([408, 425, 500, 502, 503, 504]);

/**
 * Reads from an error, and from up to ten nested causes, what the guard needs to decide: class, code, HTTP status and
 * the wait that the provider asked for. Never throws, whatever the value.
 *
 * @param nowMs Epoch milliseconds, for `Retry-After` dates.
 */
export function classifyError(error: unknown, nowMs: number = Date.now()): ErrorClassification {
  let code: string | undefined;
  let httpStatus: number | undefined;
  let retryAfterMs: number | undefined;
  let errorClass: ErrorClass | undefined;
  let neverSent = false;
  let retryable: boolean | undefined;
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSE_DEPTH && typeof current === 'object' && current !== null; depth += 1) {
    const ownCode = property(current, 'code');
    if (typeof ownCode === 'string') {
      if (depth === 0) code = ownCode;
      neverSent ||= NEVER_SENT.has(ownCode);
    }
    httpStatus ??= statusOf(current, ownCode);
    retryAfterMs ??= retryAfterOf(current, nowMs);
    if (retryable === undefined && depth === 0) retryable = booleanOf(property(current, 'retryable'));
    errorClass ??= classOf(current, ownCode);
    current = property(current, 'cause');
  }
  const byStatus = httpStatus === undefined ? undefined : classOfStatus(httpStatus, retryAfterMs !== undefined);
  return {
    class: statedClass(error) ?? byStatus ?? errorClass ?? classOfFlag(retryable),
    neverSent,
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/**
 * What an error of the library says of itself. It was made by whoever knows the provider, and providers are known to
 * throttle with 403 or to answer 401 where a scope is missing.
 */
function statedClass(error: unknown): ErrorClass | undefined {
  try {
    if (!MortiseError.is(error)) return undefined;
    if (error.retry === 'throttled') return 'throttled';
    if (error.code === 'unauthenticated') return 'auth';
    return error.code === 'forbidden' ? 'permanent' : undefined;
  } catch {
    return undefined;
  }
}

/** Property access that survives throwing getters and proxies. */
function property(target: object, key: string): unknown {
  try {
    return Reflect.get(target, key);
  } catch {
    return undefined;
  }
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function classOfFlag(retryable: boolean | undefined): ErrorClass {
  if (retryable === undefined) return 'unknown';
  return retryable ? 'transient' : 'permanent';
}

function classOf(error: object, code: unknown): ErrorClass | undefined {
  const name = property(error, 'name');
  if (name === 'AbortError' || code === 'aborted' || code === 'ABORTED') return 'aborted';
  if (property(error, 'retry') === 'throttled') return 'throttled';
  if (typeof code === 'string') {
    if (TRANSIENT_CODES.has(code) || NEVER_SENT.has(code)) return 'transient';
    if (code === 'unauthenticated' || code === 'UNAUTHENTICATED' || code === 'AUTH_EXPIRED') return 'auth';
    if (THROTTLED_NAME.test(code)) return 'throttled';
  }
  if (typeof name === 'string') {
    if (THROTTLED_NAME.test(name)) return 'throttled';
    if (name === 'TimeoutError') return 'transient';
    // A body that does not parse is a provider or network fault: it was not what was asked for.
    if (name === 'SyntaxError') return 'transient';
  }
  return undefined;
}

/** Class of an HTTP status; a 503 that names a wait is throttling. */
function classOfStatus(status: number, hasRetryAfter: boolean): ErrorClass | undefined {
  if (status === 429 || (status === 503 && hasRetryAfter)) return 'throttled';
  if (status === 401) return 'auth';
  if (TRANSIENT_STATUS.has(status)) return 'transient';
  if (status >= 500) return 'transient';
  if (status >= 400) return 'permanent';
  return undefined;
}

/** HTTP status under the names that clients use: `httpStatus`, `status`, `statusCode`, `response.status`, numeric `code`. */
function statusOf(error: object, code: unknown): number | undefined {
  const response = property(error, 'response');
  const candidates = [
    property(error, 'httpStatus'),
    property(error, 'status'),
    property(error, 'statusCode'),
    typeof response === 'object' && response !== null ? property(response, 'status') : undefined,
    code,
  ];
  return candidates.find(
    (value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 400 && value <= 599,
  );
}

function retryAfterOf(error: object, nowMs: number): number | undefined {
  const direct = property(error, 'retryAfterMs');
  if (typeof direct === 'number' && Number.isFinite(direct)) return Math.max(0, direct);
  const response = property(error, 'response');
  return (
    waitInHeaders(property(error, 'headers'), nowMs) ??
    (typeof response === 'object' && response !== null
      ? waitInHeaders(property(response, 'headers'), nowMs)
      : undefined)
  );
}

/** The wait in whatever an error carries as `headers`: a `Headers`, a plain object, or anything else. */
function waitInHeaders(headers: unknown, nowMs: number): number | undefined {
  if (!isHeadersLike(headers)) return undefined;
  try {
    return retryAfterMsFromHeaders(headers, nowMs);
  } catch {
    return undefined;
  }
}

function isHeadersLike(value: unknown): value is HeadersLike {
  return typeof value === 'object' && value !== null;
}
