import { failure, type WebhookFailure } from '../verify/webhook-failure.ts';
import type { InboundRequest, NodeRequest, WebhookSource } from './inbound-request.ts';
import { readStream, type ReadRequestOptions, type StreamReader } from './read-stream.ts';

/** A request that was read, or why it could not be. */
export type ReadRequestResult = { readonly ok: true; readonly request: InboundRequest } | WebhookFailure;

const BODY_USED =
  'The body was read before and its bytes are gone; verify before anything parses it, or pass them as rawBody';

/**
 * Reads a request of Fetch to its end and keeps its bytes, so that they can be verified and then parsed.
 *
 * @returns `too_large`, `aborted`, or `malformed` where the body was read before.
 */
export async function readFetchRequest(request: Request, options: ReadRequestOptions = {}): Promise<ReadRequestResult> {
  if (request.bodyUsed) return failure('malformed', BODY_USED);
  const { method, url, headers, body } = request;
  const declared = headers.get('content-length') ?? undefined;
  const rawBody = body === null ? new Uint8Array() : await readStream(fromFetch(body), declared, options);
  return rawBody instanceof Uint8Array ? { ok: true, request: { method, url, headers, rawBody } } : rawBody;
}

/**
 * Reads a request of Node to its end and keeps its bytes. Bytes that a framework kept are taken as they are: `rawBody`,
 * or `body` where it holds bytes (`express.raw()`).
 *
 * The URL is reduced to path and query, since the rest is up to whoever sent the request.
 *
 * @returns `too_large`, `aborted`, or `malformed` where something parsed the body before.
 */
export async function readNodeRequest(
  message: NodeRequest,
  options: ReadRequestOptions = {},
): Promise<ReadRequestResult> {
  const headers: [string, string][] = [];
  let declared: string | undefined;
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? '';
    const value = message.rawHeaders[index + 1] ?? '';
    headers.push([name, value]);
    if (name.toLowerCase() === 'content-length') declared = value;
  }
  const url = message.url?.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const about = {
    headers,
    ...(message.method === undefined ? {} : { method: message.method }),
    ...(url === undefined ? {} : { url }),
  };
  for (const kept of [Reflect.get(message, 'rawBody'), Reflect.get(message, 'body')] as unknown[])
    if (kept instanceof Uint8Array) return { ok: true, request: { ...about, rawBody: kept } };
  if (Reflect.get(message, 'readableDidRead') === true) return failure('malformed', BODY_USED);
  const rawBody = await readStream(fromNode(message), declared, options);
  return rawBody instanceof Uint8Array ? { ok: true, request: { ...about, rawBody } } : rawBody;
}

/** Whatever a delivery comes as, as its parts. */
export async function readSource(source: WebhookSource, options: ReadRequestOptions): Promise<ReadRequestResult> {
  if ('rawHeaders' in source && Symbol.asyncIterator in source) return readNodeRequest(source, options);
  if ('bodyUsed' in source) return readFetchRequest(source, options);
  return { ok: true, request: source };
}

function fromFetch(body: ReadableStream<Uint8Array>): StreamReader {
  const reader = body.getReader();
  return { next: async () => reader.read(), stop: () => void reader.cancel().catch(() => undefined) };
}

function fromNode(message: NodeRequest): StreamReader {
  const chunks = message[Symbol.asyncIterator]();
  // Ending the iteration would destroy the socket, and with it the answer that says what was wrong.
  return { next: async () => chunks.next(), stop: () => undefined };
}
