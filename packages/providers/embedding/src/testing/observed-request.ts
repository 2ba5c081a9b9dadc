/** What a service in a test was asked, in terms that every wire format can be read into. */
export interface EmbeddingObservedRequest {
  /** The whole request as text (JSON without escapes of printable characters), for searches. */
  readonly text: string;
  readonly texts: readonly string[];
  readonly model?: string;
  readonly dimensions?: number;
  /** What the text is for, in the words of the wire. */
  readonly inputType?: string;
  /** How a long text is cut, in the words of the wire. */
  readonly truncate?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The credential that came with the request. */
  readonly credential?: string;
}
