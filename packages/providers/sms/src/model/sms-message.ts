import type { DecimalString, ResultMeta } from '@mortise/core';
import type { SmsFailureReason, SmsStatus } from './sms-status.ts';

/** A text message. */
export interface SmsMessage extends ResultMeta {
  id: string;
  /** E.164. */
  to: string;
  /** E.164, short code or sender name. */
  from: string;
  body: string;
  status: SmsStatus;
  /** The provider's own id, where `id` is another. */
  providerMessageId?: string;
  carrier?: string;
  /** Major units, as a float: prefer `priceDecimal`. Absent: not known yet, which is not 0. */
  price?: number;
  /** ISO 4217. */
  priceCurrency?: string;
  /** When it left, not when it was created. */
  sentAt?: Date;
  deliveredAt?: Date;
  errorCode?: string;
  errorMessage?: string;
  direction?: 'outbound' | 'inbound';
  /** How many messages are billed. */
  segments?: number;
  encoding?: 'GSM-7' | 'UCS-2';
  /** Exact; positive is a cost. */
  priceDecimal?: DecimalString;
  mediaUrls?: readonly string[];
  createdAt?: Date;
  updatedAt?: Date;
  /** The provider's word for the status. */
  rawStatus?: string;
  failureReason?: SmsFailureReason;
  /** The caller's own reference, as given when sending. */
  reference?: string;
  metadata?: Record<string, string>;
}

/** How far a message has come, without the message. */
export interface SmsDeliveryStatus {
  status: SmsStatus;
  errorCode?: string;
  errorMessage?: string;
  updatedAt: Date;
  rawStatus?: string;
  failureReason?: SmsFailureReason;
}
