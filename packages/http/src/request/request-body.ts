import { misconfigured } from '../errors/integration-request-error.ts';
import type { HeaderSet } from './header-set.ts';
import type { IntegrationRequest, RequestBody } from './integration-request.ts';
import { encodeParameters } from './query.ts';

/** The body of a request, ready to be sent; undefined when it has none. Sets the content type that belongs to it. */
export function prepareBody(request: IntegrationRequest, headers: HeaderSet): RequestBody | undefined {
  const { json, form, body } = request;
  const given = [json, form, body].filter((part) => part !== undefined).length;
  if (given > 1) throw misconfigured('A request has one body: give json, form or body', 'body');
  if (json !== undefined) {
    headers['content-type'] ??= 'application/json';
    return writeJson(json);
  }
  if (form !== undefined) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
    return encodeParameters(form).replaceAll('%20', '+');
  }
  return body;
}

/** Whether a body can only be sent once. */
export function isStream(body: RequestBody | undefined): body is ReadableStream<Uint8Array> {
  return body instanceof ReadableStream;
}

function writeJson(value: unknown): string {
  let text: unknown;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw unwritable(cause);
  }
  // A function or a symbol is no JSON; the types of TypeScript do not say so.
  if (typeof text !== 'string') throw unwritable(undefined);
  return text;
}

function unwritable(cause: unknown): Error {
  const error = misconfigured('The value given as json cannot be written as JSON', 'json');
  return Object.defineProperty(error, 'cause', { value: cause, configurable: true });
}
