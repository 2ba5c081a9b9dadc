import type { WebhookContract } from '@mortise/core';

export interface StandardWebhooksOptions {
  /** Field of the secret. Default `signingSecret`. Its text is `whsec_` and base64 of 24 to 64 bytes. */
  readonly secretField?: string;
  /** Beginning of the header names. Default `webhook-`; Svix writes `svix-`. */
  readonly headerPrefix?: string;
}

/**
 * The contract of Standard Webhooks, for a spec of one's own and for sending: `signWebhook` with it makes what the
 * libraries of that project accept, with a signature for each secret while one is being replaced.
 *
 * @see https://www.standardwebhooks.com (read 2026-11-23)
 */
export function standardWebhooks(options: StandardWebhooksOptions = {}): WebhookContract {
  const { secretField = 'signingSecret', headerPrefix = 'webhook-' } = options;
  return {
    verification: {
      scheme: 'signature',
      algorithm: 'hmac-sha256',
      signature: {
        header: `${headerPrefix}signature`,
        items: { separator: ' ', assign: ',', name: 'v1' },
        encoding: 'base64',
      },
      signed: `{header:${headerPrefix}id}.{timestamp}.{body}`,
      key: { secretField, encoding: 'base64', prefix: 'whsec_', prefixOptional: true },
      timestamp: { from: { header: `${headerPrefix}timestamp` }, unit: 'seconds' },
    },
    eventId: [{ header: `${headerPrefix}id` }],
    eventType: [{ pointer: '/type' }],
  };
}
