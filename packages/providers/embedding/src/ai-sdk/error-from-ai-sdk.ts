import { APICallError, LoadAPIKeyError, NoSuchModelError, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { classifyHttpStatus, IntegrationError } from '@mortise/core';

/** What may be shown of a body: a code made of words and numbers such as `rate_limit_exceeded`. Prose can quote texts. */
const CODE = /^(?:[a-z]{1,24}|\d{1,6})(?:[_.:-](?:[a-z]{1,24}|\d{1,6})){0,8}$/i;

/**
 * What a model of the AI SDK threw, in our terms. The original is not kept as cause: errors of the AI SDK hold the request
 * with its texts, and the whole answer.
 */
export function errorFromAiSdk(error: unknown): IntegrationError<string> {
  if (IntegrationError.is(error)) return error;
  if (APICallError.isInstance(error)) {
    // A provider of ours behind it: `toAiSdk` keeps the original as cause.
    return IntegrationError.is(error.cause) ? error.cause : fromCall(error);
  }
  if (LoadAPIKeyError.isInstance(error)) {
    return new IntegrationError({ code: 'unauthenticated', message: 'The AI SDK model has no API key' });
  }
  if (NoSuchModelError.isInstance(error)) {
    return new IntegrationError({ code: 'not_found', field: 'model', message: 'The provider has no such model' });
  }
  if (UnsupportedFunctionalityError.isInstance(error)) {
    return new IntegrationError({ code: 'unsupported', message: 'The AI SDK model does not support what was asked' });
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new IntegrationError({ code: 'provider_error', message: `The AI SDK model failed with ${name}` });
}

function fromCall(error: APICallError): IntegrationError {
  const { statusCode } = error;
  if (statusCode === undefined) {
    return new IntegrationError({
      code: 'unavailable',
      retry: error.isRetryable ? 'transient' : 'never',
      message: 'The AI SDK model could not reach its provider',
    });
  }
  if (statusCode >= 200 && statusCode < 300) {
    return new IntegrationError({
      code: 'provider_error',
      retry: 'transient',
      httpStatus: statusCode,
      message: 'The answer broke off, or is not what the AI SDK model expects; repeat the call',
    });
  }
  const providerCode = codeIn(error.responseBody);
  const isSpent = providerCode === 'insufficient_quota';
  const verdict = classifyHttpStatus(statusCode, new Headers(error.responseHeaders ?? {}));
  return new IntegrationError({
    ...(verdict ?? { code: 'provider_error', retry: 'never' }),
    ...(isSpent ? { code: 'quota_exceeded', retry: 'never' } : {}),
    message: `The provider answered with status ${statusCode}${providerCode === undefined ? '' : ` (${providerCode})`}`,
    httpStatus: statusCode,
    ...(providerCode === undefined ? {} : { providerCode }),
  });
}

function codeIn(text: string | undefined): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const error: unknown = Object(body).error;
  for (const holder of [Object(error), Object(body)]) {
    for (const key of ['code', 'type']) {
      const value: unknown = Reflect.get(holder, key);
      if (typeof value === 'number') return String(value);
      if (typeof value === 'string' && CODE.test(value)) return value;
    }
  }
  return undefined;
}
