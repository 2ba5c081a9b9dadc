import type { GuardErrorCode, IntegrationCallError, StopReason } from './call-result.ts';
import type { ErrorClassification } from './classify-error.ts';

/** A failed call before it becomes a result: what went wrong and why the call stopped. */
export interface CallFailure {
  readonly error: IntegrationCallError;
  readonly stopReason: StopReason;
}

export interface FailureOptions {
  readonly stopReason?: StopReason;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly classification?: ErrorClassification;
  readonly cause?: unknown;
}

/** A failure with the original error hidden from enumeration, so that printing the result does not print it. */
export function callFailure(
  code: GuardErrorCode | (string & {}),
  message: string,
  options: FailureOptions = {},
): CallFailure {
  const { classification } = options;
  const retryAfterMs = options.retryAfterMs ?? classification?.retryAfterMs;
  const error: IntegrationCallError = {
    code,
    message,
    retryable: options.retryable ?? false,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(classification?.httpStatus === undefined ? {} : { httpStatus: classification.httpStatus }),
    ...(classification === undefined ? {} : { class: classification.class }),
  };
  if ('cause' in options) Object.defineProperty(error, 'cause', { value: options.cause });
  return { error, stopReason: options.stopReason ?? 'rejected' };
}

/** Headline code of a provider error: its own text code, else what its class says, else `PROVIDER_ERROR`. */
export function providerErrorCode(classification: ErrorClassification): string {
  if (classification.code !== undefined) return classification.code;
  if (classification.class === 'throttled') return 'RATE_LIMITED';
  if (classification.class === 'auth') return 'AUTH_EXPIRED';
  return 'PROVIDER_ERROR';
}

/** Text of any thrown value. Never throws. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'The error could not be read';
  }
}
