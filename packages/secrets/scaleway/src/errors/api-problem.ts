import { MAX_RETRY_AFTER_MS, retryAfterMsFromHeaders } from '@mortise/core';

/** Error types of the API that mean something here. */
export type ApiErrorType =
  | 'already_exists'
  | 'denied_authentication'
  | 'expired'
  | 'invalid_arguments'
  | 'invalid_request_error'
  | 'locked'
  | 'not_found'
  | 'permissions_denied'
  | 'precondition_failed'
  | 'quotas_exceeded'
  | 'too_many_requests'
  | 'transient_state'
  | 'unknown_resource';

const TYPES: ReadonlySet<string> = new Set<ApiErrorType>([
  'already_exists',
  'denied_authentication',
  'expired',
  'invalid_arguments',
  'invalid_request_error',
  'locked',
  'not_found',
  'permissions_denied',
  'precondition_failed',
  'quotas_exceeded',
  'too_many_requests',
  'transient_state',
  'unknown_resource',
]);

/** What is known of a refusal beyond its type. */
type ApiErrorReason = 'protected' | 'deletion' | 'checksum';

/**
 * What an error answer says, in words of our own: the body itself may repeat the secret that was sent, so none of its
 * text is kept.
 */
export interface ApiProblem {
  /** Absent: none that is known. */
  readonly type?: ApiErrorType;
  readonly reason?: ApiErrorReason;
  readonly retryAfterMs?: number;
}

/** @param now Epoch milliseconds, for an answer that does not say its own time. */
export function readProblem(headers: Headers, text: string, now: number): ApiProblem {
  const body = parseObject(text);
  // Both clocks are the service's, so that ours may be wrong.
  const answeredAt = Date.parse(headers.get('date') ?? '');
  const servedAt = Number.isNaN(answeredAt) ? now : answeredAt;
  const type = readType(body['type']);
  const reason = readReason(body);
  const retryAfterMs = readReset(body, servedAt) ?? retryAfterMsFromHeaders(headers, servedAt);
  return {
    ...(type === undefined ? {} : { type }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function readType(type: unknown): ApiErrorType | undefined {
  return isApiErrorType(type) ? type : undefined;
}

function isApiErrorType(type: unknown): type is ApiErrorType {
  return typeof type === 'string' && TYPES.has(type);
}

function readReason(body: Readonly<Record<string, unknown>>): ApiErrorReason | undefined {
  const { precondition, help_message: help, details } = body;
  if (precondition === 'protected_resource') return 'protected';
  // Which precondition the service names here is not documented; its help says it in words.
  if (/deletion/i.test(`${String(precondition)} ${String(help)}`)) return 'deletion';
  const isChecksum = (detail: unknown): boolean => isRecord(detail) && detail['argument_name'] === 'data_crc32';
  return Array.isArray(details) && details.some(isChecksum) ? 'checksum' : undefined;
}

function readReset(
  { reset_seconds: seconds, reset_at: at }: Readonly<Record<string, unknown>>,
  now: number,
): number | undefined {
  if (typeof seconds === 'number' && seconds >= 0) return Math.min(Math.ceil(seconds * 1000), MAX_RETRY_AFTER_MS);
  const resetAt = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return Number.isNaN(resetAt) ? undefined : Math.min(Math.max(resetAt - now, 0), MAX_RETRY_AFTER_MS);
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
