import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import type { FetchLike } from '../exchange/send.ts';
import { addressScope } from '../url/address-scope.ts';
import { addressRefused } from '../url/base-url.ts';
import { isAddressAllowed, type NetworkPolicy } from '../url/network-policy.ts';
import { checkedLookup, type ResolveHost, resolveBySystem } from './checked-lookup.ts';

export interface GuardedFetchOptions {
  /** Which addresses may be connected to. Default: those on the internet. The client checks names and schemes itself. */
  readonly network?: Pick<NetworkPolicy, 'allowPrivateNetwork'>;
  /** Default: as the system does. */
  readonly resolve?: ResolveHost;
  /** Connections to one host at a time. Default 64. */
  readonly maxSocketsPerHost?: number;
  /** Milliseconds that an unused connection is kept. Default 4,000. */
  readonly keepAliveMs?: number;
}

/** A `fetch` for the client that can be closed. */
export interface GuardedFetch extends FetchLike {
  /** Ends the connections that are kept. */
  close(): void;
}

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * A `fetch` whose connections only go to addresses that were checked after the name was resolved, so that a tenant's host
 * name cannot lead into the network of the server, not even by resolving differently the second time (DNS rebinding). It
 * follows no redirects and sends what it is given; give it to `createIntegrationClient`, which does the rest.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const { network = {}, resolve = resolveBySystem, maxSocketsPerHost = 64, keepAliveMs = 4000 } = options;
  const lookup = checkedLookup(resolve, network);
  const settings = { keepAlive: true, maxSockets: maxSocketsPerHost, timeout: keepAliveMs, lookup };
  const agents = { 'http:': new HttpAgent(settings), 'https:': new HttpsAgent(settings) };
  const guarded: FetchLike = async (address, init) => {
    const url = new URL(address);
    const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
    // An address is connected to without being looked up.
    if (addressScope(host) !== undefined && !isAddressAllowed(host, network)) {
      throw addressRefused('The address', `${host} is ${addressScope(host)}`);
    }
    const { headers, body } = contentOf(init);
    const isSecure = url.protocol === 'https:';
    const sent = (isSecure ? httpsRequest : httpRequest)(url, {
      agent: isSecure ? agents['https:'] : agents['http:'],
      method: init.method ?? 'GET',
      headers,
      ...(init.signal === undefined || init.signal === null ? {} : { signal: init.signal }),
    });
    // An agent's timeout is for kept connections; an exchange has its own limits.
    sent.setTimeout(0);
    const answer = new Promise<IncomingMessage>((accept, reject) => {
      sent.once('response', accept);
      sent.on('error', reject);
    });
    if (body instanceof ReadableStream) {
      // A stream that breaks is told by `answer`: the request is destroyed with its error.
      pipeline(Readable.from(body), sent, () => undefined);
    } else sent.end(body);
    return toResponse(await answer, init.method ?? 'GET');
  };
  return Object.assign(guarded, {
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  });
}

interface Content {
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | ReadableStream | undefined;
}

function contentOf({ headers: given, body }: RequestInit): Content {
  const headers: Record<string, string> = Object.fromEntries(new Headers(given));
  headers['accept-encoding'] ??= 'gzip, deflate, br';
  if (body === undefined || body === null) return { headers, body: undefined };
  if (typeof body === 'string' || body instanceof Uint8Array) {
    headers['content-length'] = String(Buffer.byteLength(body));
    if (typeof body === 'string') headers['content-type'] ??= 'text/plain;charset=UTF-8';
    return { headers, body };
  }
  // The platform knows how forms and blobs are written.
  const written = new Response(body);
  const type = written.headers.get('content-type');
  if (type !== null) headers['content-type'] ??= type;
  return { headers, body: written.body ?? undefined };
}

function toResponse(message: IncomingMessage, method: string): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  const { rawHeaders } = message;
  try {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
    }
    if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
      message.resume();
      return new Response(null, { status, headers });
    }
    return new Response(webStreamOf(decoded(message)), { status, headers });
  } catch (cause) {
    message.destroy();
    throw new IntegrationRequestError({
      code: 'provider_error',
      reason: 'malformed-response',
      message: `The answer has a status or a header that HTTP does not allow (status ${status})`,
      cause,
    });
  }
}

function decoded(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]?.() : undefined;
  if (!(decoder instanceof Readable)) return message;
  // A failure ends the decoder with it, and so reaches whoever reads.
  pipeline(message, decoder, () => undefined);
  return decoder;
}

function webStreamOf(readable: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = readable[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        readable.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
