/** A request as it came in over the wire. */
export interface RecordedRequest {
  /** Requests that came before this one since the server was made. */
  readonly index: number;
  /** Upper case. */
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Time of arrival in epoch milliseconds. */
  readonly receivedAtMs: number;
  /** Aborts when the connection is gone before the answer was complete, whoever ended it. */
  readonly signal: AbortSignal;
  /** Whether the client went away before it had the whole answer. */
  readonly isClosedByClient: boolean;
  /** The body decoded as UTF-8. */
  text(): string;
  /** The body parsed as JSON. @throws {SyntaxError} It is none. */
  json(): unknown;
}
