import { APICallError } from '@ai-sdk/provider';
import { IntegrationError } from '@mortise/core';

/**
 * Our error as the AI SDK expects it: an `APICallError` that says whether a retry can help, so that its own retries
 * work; for an aborted call the reason of the signal. The original is its cause.
 */
export function errorToAiSdk(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (!IntegrationError.is(error)) return error;
  return new APICallError({
    message: error.message,
    // There is no one request behind it, and the AI SDK prints this field.
    url: 'mortise:image-provider',
    requestBodyValues: {},
    ...(error.httpStatus === undefined ? {} : { statusCode: error.httpStatus }),
    ...(error.retryAfterMs === undefined ? {} : { responseHeaders: { 'retry-after-ms': String(error.retryAfterMs) } }),
    isRetryable: error.retryable,
    cause: error,
  });
}
