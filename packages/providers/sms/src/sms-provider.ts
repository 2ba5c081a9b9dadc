import type { CallOptions, Page, WebhookRequest } from '@mortise/core';
import type { SmsCapabilities } from './model/capabilities.ts';
import type { SendSmsInput } from './model/send-sms-input.ts';
import type { SmsEvent } from './model/sms-event.ts';
import type { SmsDeliveryStatus, SmsMessage } from './model/sms-message.ts';

export interface ListSmsQuery {
  /** E.164. */
  readonly to?: string;
  readonly from?: string;
  /** Inclusive. */
  readonly sentSince?: Date;
  /** Exclusive. */
  readonly sentBefore?: Date;
  readonly cursor?: string;
  readonly pageSize?: number;
}

/** What is known of a number. */
export interface PhoneNumberLookup {
  readonly valid: boolean;
  readonly type?: 'mobile' | 'landline' | 'voip' | 'toll-free' | 'unknown';
  readonly carrier?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/**
 * A text-message service behind one connection. Only `sendSms` and `getDeliveryStatus` are required;
 * `complete(provider)` adds the others. Failures reject with core's `IntegrationError`, and `SmsError` for a recipient who
 * opted out. Neither holds the text or the number.
 */
export interface SmsProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: SmsCapabilities;

  /**
   * Sends one text.
   *
   * @throws {IntegrationError} `invalid_request` for a number that is none (`field` is `to` or `from`), before anything is
   * sent; `outcome_unknown` where the answer was lost.
   * @throws {SmsError} `recipient_opted_out`
   */
  sendSms(input: SendSmsInput, options?: CallOptions): Promise<SmsMessage>;

  /** @throws {IntegrationError} `not_found` */
  getDeliveryStatus(messageId: string, options?: CallOptions): Promise<SmsDeliveryStatus>;

  /** @throws {IntegrationError} `not_found` */
  getMessage?(messageId: string, options?: CallOptions): Promise<SmsMessage>;
  /** The newest first. */
  listMessages?(query?: ListSmsQuery, options?: CallOptions): Promise<Page<SmsMessage>>;
  /** @throws {IntegrationError} `conflict` where it was sent already. */
  cancelScheduled?(messageId: string, options?: CallOptions): Promise<SmsMessage>;

  /** @param number E.164. */
  lookupNumber?(number: string, options?: CallOptions): Promise<PhoneNumberLookup>;

  /** Whether somebody does not want our messages. */
  getOptOut?(number: string, options?: CallOptions): Promise<boolean>;
  setOptOut?(number: string, isOptedOut: boolean, options?: CallOptions): Promise<void>;

  /** False for a request that is not from the provider, also when no signing secret is configured. */
  verifyWebhook?(request: WebhookRequest): Promise<boolean>;
  /** The first event of a request that was verified. */
  parseWebhook?(request: WebhookRequest): Promise<SmsEvent>;
  /** Every event of a request that was verified. */
  parseWebhookAll?(request: WebhookRequest): Promise<SmsEvent[]>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
