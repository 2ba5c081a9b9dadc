/** What is to be answered, whichever server answers. */
export interface WebhookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** For servers that answer with Fetch's `Response`. */
export function toFetchResponse({ status, headers, body }: WebhookResponse): Response {
  // A status without a body refuses even an empty one.
  return new Response(body === '' ? null : body, { status, headers });
}

export function emptyResponse(status: number): WebhookResponse {
  return { status, headers: {}, body: '' };
}
