/** An inbound HTTP request as it came. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as it was received: the text, or better the bytes, since a signature covers bytes. */
  readonly rawBody: string | Uint8Array;
  /** For convenience only: never read by verification or parsing, which use the very bytes that were signed. */
  readonly parsedBody?: unknown;
}

/** What a provider does with deliveries. One request may carry several events. */
export interface WebhookProvider<Event> {
  /** False for a request that is not from the provider, also when no signing secret is configured. */
  verifyWebhook(request: WebhookRequest): Promise<boolean>;
  /** The first event of a request that was verified. */
  parseWebhook(request: WebhookRequest): Promise<Event>;
  /** Every event of a request that was verified. */
  parseWebhookAll?(request: WebhookRequest): Promise<Event[]>;
}
