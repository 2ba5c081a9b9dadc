import type { SignatureVerification, WebhookContract } from '@mortise/core';
import type { WebhookSecrets } from '../keys/webhook-secrets.ts';
import { standardWebhooks } from '../sign/standard-webhooks.ts';
import type { WebhookToSign } from '../sign/signing-context.ts';

/** How one vendor sends webhooks, and a delivery as it may come from there. Facts as of November 2026. */
export interface VendorWebhook {
  readonly vendor: string;
  readonly contract: WebhookContract;
  readonly secrets: WebhookSecrets;
  readonly config?: Readonly<Record<string, string>>;
  readonly delivery: WebhookToSign;
  /** What is read out of the delivery. */
  readonly expected: { readonly eventId?: string; readonly eventType?: string; readonly occurredAt?: string };
}

/** 2026-11-23T12:00:00Z, when all of the deliveries are sent. */
export const SENT_AT_MS = 1_795_435_200_000;
export const SENT_AT = '2026-11-23T12:00:00.000Z';
export const SECONDS = SENT_AT_MS / 1000;
export const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const JSON_TYPE = { 'Content-Type': 'application/json' };
export const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A signature over the bare body, in one header. */
export function overBody(
  header: string,
  more: Partial<SignatureVerification> & { readonly prefix?: string } = {},
): SignatureVerification {
  const { prefix, ...rest } = more;
  return {
    scheme: 'signature',
    algorithm: 'hmac-sha256',
    signature: { header, encoding: 'hex', ...(prefix === undefined ? {} : { prefix }) },
    signed: '{body}',
    key: { secretField: 'signingSecret' },
    ...rest,
  };
}

export const svix = standardWebhooks({ headerPrefix: 'svix-' });
export const standard = standardWebhooks();
