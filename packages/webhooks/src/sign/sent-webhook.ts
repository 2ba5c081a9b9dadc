/** A request that is ready to be sent; as it is, `verifyWebhook` takes it too. */
export interface SentWebhook {
  readonly method: string;
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: string | Uint8Array;
}
