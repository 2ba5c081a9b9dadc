import type { BatchResult, CallOptions, Page, WebhookProvider } from '@mortise/core';
import type { EmailCapabilities } from './model/capabilities.ts';
import type { EmailDelivery } from './model/delivery.ts';
import type { EmailEvent } from './model/event.ts';
import type { EmailOutboundMessage } from './model/outbound-message.ts';
import type { EmailOutboundResult } from './model/outbound-result.ts';
import type { EmailSenderVerification, EmailSuppression } from './model/suppression.ts';

export interface EmailListSuppressionsOptions extends CallOptions {
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly pageSize?: number;
}

/**
 * Sends mail. Only `sendEmail` is required; `completeOutbound` adds the others. Failures reject with core's
 * `IntegrationError`: `aborted` and `timeout` for the caller's signal and time limit, `invalid_request` with the
 * `field` for a mail that cannot be sent, `outcome_unknown` where nobody knows whether it went out.
 */
export interface EmailOutboundProvider extends Partial<WebhookProvider<EmailEvent>> {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: EmailCapabilities;

  /** Hands one mail to the provider. A receiver that was refused is named in the result's `recipients`. */
  sendEmail(message: EmailOutboundMessage, options?: CallOptions): Promise<EmailOutboundResult>;

  /** Hands many over. One entry for each, in order; one that fails leaves the others alone. */
  sendBatch?(
    messages: readonly EmailOutboundMessage[],
    options?: CallOptions,
  ): Promise<BatchResult<EmailOutboundResult>>;

  /**
   * Takes a scheduled mail back. Calling it again changes nothing.
   *
   * @throws {IntegrationError} `conflict` when the mail is on its way already; `not_found`.
   */
  cancelScheduled?(id: string, options?: CallOptions): Promise<void>;

  /** Sends a scheduled mail at another time. @throws {IntegrationError} `conflict`, `not_found` */
  reschedule?(id: string, at: Date, options?: CallOptions): Promise<EmailOutboundResult>;

  /** What became of a mail. @throws {IntegrationError} `not_found` */
  getDelivery?(id: string, options?: CallOptions): Promise<EmailDelivery>;

  listSuppressions?(options?: EmailListSuppressionsOptions): Promise<Page<EmailSuppression>>;

  addSuppression?(email: string, options?: CallOptions): Promise<EmailSuppression>;

  /** An address that is not suppressed is no error. */
  removeSuppression?(email: string, options?: CallOptions): Promise<void>;

  /** Whether mail may be sent from an address. */
  verifySender?(email: string, options?: CallOptions): Promise<EmailSenderVerification>;
}
