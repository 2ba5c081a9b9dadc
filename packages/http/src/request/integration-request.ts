import type { ResponseMatch } from '@mortise/core';

/** A value of a path or a query. */
export type ParameterValue = string | number | boolean;

/** Values by name; a list repeats the name. Undefined and null are left out. */
export type Parameters = Readonly<Record<string, ParameterValue | readonly ParameterValue[] | undefined | null>>;

/** What can be sent as it is. */
export type RequestBody = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | FormData | ReadableStream<Uint8Array>;

/** One request to the provider of a spec. At most one of `json`, `form` and `body` may be given. */
export interface IntegrationRequest {
  /** Default `GET`, or `POST` with a body. */
  readonly method?: string;
  /**
   * Beneath the base URL, such as `/items/{id}`. `{name}` is replaced by that value of `params`, else of the config,
   * percent-encoded; `{apiVersion}` and `{token}` as in the base URL. May have a query of its own.
   */
  readonly path?: string;
  /**
   * Whole URL in place of base URL and path, for providers with several hosts. Written by the author of the code, with
   * placeholders filled as in a base URL. Credentials are sent there.
   */
  readonly url?: string;
  readonly params?: Readonly<Record<string, ParameterValue>>;
  readonly query?: Parameters;
  /** Added to the spec's headers, and stronger. Credentials are stronger still. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Parameters;
  /** Sent as it is; give `content-type` in `headers` where the body has none. A stream cannot be sent a second time. */
  readonly body?: RequestBody;
  /** Sent where the spec names a header for it. Default: derived from the client's, for methods that take one. */
  readonly idempotencyKey?: string;
  /** Aborting ends the request with code `aborted`. */
  readonly signal?: AbortSignal;
  /** For the whole exchange, the body included. Default the client's. */
  readonly timeoutMs?: number | false;
  /** Default the client's. */
  readonly maxResponseBytes?: number;
  /** What shows success, in place of the spec's way to tell; any other answer is a failure. */
  readonly expect?: ResponseMatch;
  /** W3C trace context to send along. One that is not well-formed is left out. */
  readonly traceparent?: string;
  readonly tracestate?: string;
}
