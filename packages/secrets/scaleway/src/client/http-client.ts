import { readProblem } from '../errors/api-problem.ts';
import { isUuid } from '../reference/scaleway-reference.ts';
import { type Exchange, exchanges } from './exchange.ts';

export interface HttpClientOptions {
  /** Looked up at each request, so that a global fetch may be replaced. */
  readonly fetch: () => typeof fetch;
  /** Sent as `X-Auth-Token`. Absent: the SDK client's interceptors authenticate. */
  readonly token?: () => Promise<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const NULL_BODY_STATUS = new Set([204, 205, 304]);

/**
 * What the SDK sends its requests with. It gives them the signal of the call they belong to, reads each answer to its
 * end (so that a cut connection is not taken for bad JSON), and notes what the SDK would drop.
 */
export function createHttpClient(options: HttpClientOptions): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const exchange = exchanges.getStore() ?? { signal: request.signal, isSent: false };
    const { signal } = exchange;
    const headers = Object.fromEntries(request.headers);
    if (options.token !== undefined) headers['x-auth-token'] = await options.token();
    const body = request.body === null ? undefined : await request.text();
    signal.throwIfAborted();
    exchange.isSent = true;
    delete exchange.status;
    // In parts, because another package's fetch does not know our Request. A redirect would take the token elsewhere.
    const sent = {
      method: request.method,
      headers,
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body }),
    } as const;
    const response = await options.fetch()(request.url, sent);
    const answer = await response.text();
    note(exchange, response, answer, options.now());
    return rebuild(response, answer);
  };
}

function note(exchange: Exchange, { ok, status, headers }: Response, answer: string, now: number): void {
  const requestId = headers.get('x-request-id');
  if (isUuid(requestId)) exchange.requestId = requestId;
  if (!ok) exchange.problem = readProblem(headers, answer, now);
  exchange.status = status;
}

/** The same answer. The SDK takes only exactly `application/json` for JSON, and a gateway may add a charset. */
function rebuild({ status, statusText, headers }: Response, answer: string): Response {
  const isEmpty = answer === '' || NULL_BODY_STATUS.has(status);
  const isEmptySuccess = isEmpty && status < 300;
  const rebuilt = new Response(isEmpty ? null : answer, { status: isEmptySuccess ? 204 : status, statusText });
  const total = headers.get('x-total-count');
  if (total !== null) rebuilt.headers.set('x-total-count', total);
  rebuilt.headers.set('content-type', 'application/json');
  return rebuilt;
}
