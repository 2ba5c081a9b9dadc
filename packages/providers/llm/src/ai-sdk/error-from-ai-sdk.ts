import {
  APICallError,
  InvalidPromptError,
  LoadAPIKeyError,
  NoSuchModelError,
  NoSuchProviderReferenceError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { IntegrationError } from '@mortise/core';
import { errorFromAnswer } from '../wire/error-from-wire.ts';

/**
 * What a model of the AI SDK threw, in our terms. The original is not kept as cause: errors of the AI SDK hold the
 * request with the prompt, and the whole answer.
 */
export function errorFromAiSdk(error: unknown): IntegrationError<string> {
  if (IntegrationError.is(error)) return error;
  if (APICallError.isInstance(error)) return fromCall(error);
  if (LoadAPIKeyError.isInstance(error)) {
    return new IntegrationError({ code: 'unauthenticated', message: 'The AI SDK model has no API key' });
  }
  if (NoSuchModelError.isInstance(error)) {
    return new IntegrationError({ code: 'not_found', field: 'model', message: 'The provider has no such model' });
  }
  if (NoSuchProviderReferenceError.isInstance(error)) {
    const message = 'The file is known to another provider than the AI SDK model is of';
    return new IntegrationError({ code: 'unsupported', field: 'file', message });
  }
  if (UnsupportedFunctionalityError.isInstance(error)) {
    return new IntegrationError({ code: 'unsupported', message: 'The AI SDK model does not support what was asked' });
  }
  if (InvalidPromptError.isInstance(error)) {
    return new IntegrationError({ code: 'invalid_request', message: 'The AI SDK model refused the prompt' });
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new IntegrationError({ code: 'provider_error', message: `The AI SDK model failed with ${name}` });
}

function fromCall(error: APICallError): IntegrationError {
  const { statusCode } = error;
  if (statusCode !== undefined && statusCode >= 200 && statusCode < 300) {
    return new IntegrationError({
      code: 'provider_error',
      retry: 'transient',
      httpStatus: statusCode,
      message: 'The answer broke off, or is not what the AI SDK model expects; repeat the call',
    });
  }
  if (statusCode !== undefined) {
    const headers = new Headers(error.responseHeaders ?? {});
    return errorFromAnswer({ status: statusCode, headers, body: error.responseBody ?? '' }, Date.now());
  }
  return new IntegrationError({
    code: 'unavailable',
    retry: error.isRetryable ? 'transient' : 'never',
    message: 'The AI SDK model could not reach its provider',
  });
}
