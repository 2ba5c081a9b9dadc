/** An inbound HTTP request as it came. */
export interface MeetingRecorderWebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as it was received: the text, or better the bytes, since a signature covers bytes. */
  readonly rawBody: string | Uint8Array;
  /** For convenience only: never read by verification or parsing. */
  readonly parsedBody?: unknown;
}

/** A subscription to be made. */
export interface MeetingRecorderWebhookRegistration {
  /** Https address of the receiver. */
  readonly url: string;
  readonly includeTranscript?: boolean;
  readonly includeSummary?: boolean;
  readonly includeActionItems?: boolean;
  readonly includeCrmMatches?: boolean;
  /** Whose recordings, in the provider's words. */
  readonly triggeredFor?: string[];
}

/** A subscription that exists. */
export interface MeetingRecorderWebhookSubscription {
  readonly id: string;
  readonly url: string;
}
