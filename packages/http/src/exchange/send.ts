import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import { addressRefused } from '../url/base-url.ts';
import { findRefusal, type NetworkPolicy } from '../url/network-policy.ts';
import { isStream } from '../request/request-body.ts';
import type { HeaderSet } from '../request/header-set.ts';
import type { RequestBody } from '../request/integration-request.ts';
import type { ExchangeScope } from './exchange-scope.ts';
import { networkError, withOpenOutcome } from './network-error.ts';

/** The part of `fetch` that is used. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** A request that is ready to go. */
export interface PreparedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderSet;
  readonly body: RequestBody | undefined;
  /** Credentials in the query, which a redirect within the origin gets too. */
  readonly credentialQuery: Readonly<Record<string, string>>;
  /** Method and path as written, without any value that was filled in. */
  readonly subject: string;
  readonly isRepeatable: boolean;
}

export interface SendOptions {
  readonly fetch: FetchLike;
  readonly network: NetworkPolicy;
  readonly maxRedirects: number;
  readonly scope: ExchangeScope;
}

/** An answer and where it came from. */
export interface SentResponse {
  readonly response: Response;
  readonly url: string;
}

interface Hop {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderSet;
  readonly body: RequestBody | undefined;
  /** Whether no redirect led to another origin yet. Once one did, credentials do not come back. */
  readonly isTrusted: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What may be told to a host that the provider names. Everything else may be a credential or belong to the exchange. */
const HARMLESS_HEADERS = ['accept', 'accept-language', 'user-agent'];

/** Sends a request and follows redirects one by one, each checked as if it were the first. */
export async function send(request: PreparedRequest, options: SendOptions): Promise<SentResponse> {
  let hop: Hop = { ...request, isTrusted: true };
  for (let redirects = 0; ; redirects += 1) {
    const response = await sendOnce(hop, request, options);
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (response.type === 'opaqueredirect')
      throw redirectRefused(request, 'this platform does not show where it leads');
    if (location === null) return { response, url: hop.url };
    // What a redirect says beside its target is never read.
    response.body?.cancel().catch(() => undefined);
    if (redirects >= options.maxRedirects)
      throw redirectRefused(request, `there were more than ${options.maxRedirects}`);
    hop = follow(hop, { request, location, status: response.status, network: options.network });
  }
}

async function sendOnce(hop: Hop, request: PreparedRequest, { fetch, scope }: SendOptions): Promise<Response> {
  const init: RequestInit & { duplex?: 'half' } = {
    method: hop.method,
    headers: hop.headers,
    redirect: 'manual',
    signal: scope.signal,
  };
  if (hop.body !== undefined) init.body = hop.body;
  if (isStream(hop.body)) init.duplex = 'half';
  try {
    return await scope.race(fetch(hop.url, init));
  } catch (error) {
    const reason = scope.explain(error);
    if (IntegrationRequestError.is(reason)) throw withOpenOutcome(reason, request);
    throw networkError(reason, request);
  }
}

interface Redirect {
  readonly request: PreparedRequest;
  readonly location: string;
  readonly status: number;
  readonly network: NetworkPolicy;
}

function follow(hop: Hop, { request, location, status, network }: Redirect): Hop {
  const url = URL.canParse(location, hop.url) ? new URL(location, hop.url) : undefined;
  if (url === undefined) throw redirectRefused(request, 'it leads to no valid URL');
  url.hash = '';
  const isReading = hop.method === 'GET' || hop.method === 'HEAD';
  const becomesGet = (status === 303 && !isReading) || (status < 303 && hop.method === 'POST');
  const method = becomesGet ? 'GET' : hop.method;
  const origin = new URL(hop.url).origin;
  if (url.origin !== origin) {
    const refusal = findRefusal(url, network);
    if (refusal !== undefined) throw addressRefused(`${request.subject}: the target of a redirect`, refusal);
    if (method !== 'GET' && method !== 'HEAD')
      throw redirectRefused(request, 'it would carry the body to another origin');
    const headers: HeaderSet = {};
    for (const name of HARMLESS_HEADERS) {
      const value = hop.headers[name];
      if (value !== undefined) headers[name] = value;
    }
    return { method, url: url.href, headers, body: undefined, isTrusted: false };
  }
  if (url.username !== '' || url.password !== '') throw redirectRefused(request, 'it carries a user name or password');
  if (hop.isTrusted) {
    for (const [name, value] of Object.entries(request.credentialQuery)) {
      if (!url.searchParams.has(name)) url.searchParams.set(name, value);
    }
  }
  if (!becomesGet) {
    if (isStream(hop.body)) throw redirectRefused(request, 'its body is a stream and was sent already');
    return { method, url: url.href, headers: hop.headers, body: hop.body, isTrusted: hop.isTrusted };
  }
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !name.startsWith('content-')));
  return { method, url: url.href, headers, body: undefined, isTrusted: hop.isTrusted };
}

function redirectRefused({ subject }: PreparedRequest, why: string): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'provider_error',
    reason: 'redirect-refused',
    message: `${subject}: a redirect was not followed: ${why}`,
  });
}
