/** Headers as `fetch` gives them, as a plain object in any case, or as pairs in the order received. */
export type InboundHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly (readonly [name: string, value: string])[];

/** A request with its body as received. */
export interface InboundRequest {
  /** Default `POST`. */
  readonly method?: string;
  /** Absolute as the vendor called it, or path and query. Needed where the contract reads or signs any of it. */
  readonly url?: string;
  readonly headers: InboundHeaders;
  /** The very bytes, or text that nothing has changed; never something parsed and written again. */
  readonly rawBody: string | Uint8Array;
}

/** What is used of Node's `IncomingMessage`, and of what frameworks hang on it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Names and values in turn, as they came over the wire. */
  readonly rawHeaders: readonly string[];
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

/** Anything that a delivery can come as: a request of Fetch, of Node, or its parts. */
export type WebhookSource = InboundRequest | Request | NodeRequest;
