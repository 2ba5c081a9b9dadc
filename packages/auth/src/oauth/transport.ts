import type { AuthClock } from '../auth-clock.ts';
import { boundedCall } from '../bounded-call.ts';
import { OAuthError } from '../errors/oauth-error.ts';

/** `fetch`, or something that behaves like it. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

export interface OAuthTransport {
  readonly fetch: FetchLike;
  readonly clock: AuthClock;
  /** Milliseconds for one request, its answer included. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

/** An answer that has arrived whole. */
export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Epoch milliseconds just before the request left: lifetimes count from here. */
  readonly sentAtMs: number;
}

/** Codes of connections that failed before anything was sent, as Node, Bun and undici name them. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/**
 * Sends a request and reads its answer, within the time and size limits. Follows no redirect: one would carry secrets
 * elsewhere.
 *
 * @throws {OAuthError} `TIMEOUT`, `NETWORK`, `INVALID_RESPONSE`. The signal's own reason where the caller aborts.
 */
export async function send(
  transport: OAuthTransport,
  url: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<OAuthAnswer> {
  const { clock, timeoutMs } = transport;
  const host = new URL(url).host;
  const message = `${host} did not answer within ${timeoutMs} ms`;
  try {
    return await boundedCall(
      async (inner) => exchange(transport, url, { ...init, redirect: 'manual', signal: inner }),
      {
        clock,
        timeoutMs,
        signal,
        onTimeout: () => new OAuthError({ code: 'TIMEOUT', message, outcomeUnknown: true }),
      },
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw OAuthError.is(error) ? error : networkError(error, host);
  }
}

async function exchange(transport: OAuthTransport, url: string, init: RequestInit): Promise<OAuthAnswer> {
  const sentAtMs = transport.clock.now();
  const response = await transport.fetch(url, init);
  const text = await readText(response, transport.maxResponseBytes);
  return { status: response.status, headers: response.headers, text, sentAtMs };
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw new OAuthError({
        code: 'INVALID_RESPONSE',
        message: `The answer is longer than ${maxBytes} bytes`,
        status: response.status,
        outcomeUnknown: true,
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}

function networkError(error: unknown, host: string): OAuthError {
  const code = causeCode(error);
  return new OAuthError({
    code: 'NETWORK',
    message: `${host} could not be reached, or the connection broke${code === undefined ? '' : ` (${code})`}`,
    outcomeUnknown: code === undefined || !NEVER_SENT.has(code),
    cause: error,
  });
}

/** The system's code in an error or in its causes, as `fetch` nests it. */
function causeCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && /^\w{1,40}$/.test(current.code)) return current.code;
    current = current.cause;
  }
  return undefined;
}
