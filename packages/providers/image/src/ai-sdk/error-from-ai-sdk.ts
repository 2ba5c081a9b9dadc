import { APICallError, LoadAPIKeyError, NoSuchModelError, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { classifyHttpStatus, IntegrationError } from '@mortise/core';

/** Codes that say more than the status beside them. */
const USED_UP: ReadonlySet<string> = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'quota_exceeded']);
const FILTERED: ReadonlySet<string> = new Set(['content_policy_violation', 'moderation_blocked', 'content_filter']);

/** A code made of words; prose can quote the input, and letters mixed with digits can be a key. */
const CODE = /^[a-z]{1,24}(?:[_.-][a-z]{1,24}){0,8}$/i;

/**
 * What a model of the AI SDK threw, in our terms. The original is not kept as cause: errors of the AI SDK hold the request
 * and the whole answer.
 */
export function errorFromAiSdk(error: unknown): IntegrationError<string> {
  if (IntegrationError.is(error)) return error;
  // One of ours, on its way back through `toAiSdk…`.
  if (APICallError.isInstance(error) && IntegrationError.is(error.cause)) return error.cause;
  if (APICallError.isInstance(error)) return fromCall(error);
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

function fromCall({ statusCode, responseHeaders, responseBody, isRetryable }: APICallError): IntegrationError {
  if (statusCode === undefined) {
    return new IntegrationError({
      code: 'unavailable',
      retry: isRetryable ? 'transient' : 'never',
      message: 'The AI SDK model could not reach its provider',
    });
  }
  const providerCode = codeIn(responseBody);
  const facts = { httpStatus: statusCode, ...(providerCode === undefined ? {} : { providerCode }) };
  const message = `The provider answered with status ${statusCode}${providerCode === undefined ? '' : ` (${providerCode})`}`;
  if (providerCode !== undefined && USED_UP.has(providerCode)) {
    return new IntegrationError({ ...facts, code: 'quota_exceeded', retry: 'never', message });
  }
  if (providerCode !== undefined && FILTERED.has(providerCode)) {
    return new IntegrationError({ ...facts, code: 'content_filtered', retry: 'never', message });
  }
  const verdict = classifyHttpStatus(statusCode, new Headers(responseHeaders ?? {}));
  return new IntegrationError({ ...facts, ...(verdict ?? { code: 'provider_error' as const }), message });
}

function codeIn(body: string | undefined): string | undefined {
  const document = parse(body);
  for (const holder of [member(document, 'error'), member(document, 'detail'), document]) {
    for (const name of ['code', 'type', 'status']) {
      const code = member(holder, name);
      if (typeof code === 'string' && CODE.test(code)) return code;
    }
  }
  return undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parse(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
