import type { DecimalString } from '@mortise/core';

/** A text to be sent. */
export interface SendSmsInput {
  /** E.164; checked before anything is sent. */
  to: string;
  body: string;
  /** E.164, short code or sender name. Absent: the connection's own sender. */
  from?: string;
  metadata?: Record<string, string>;
  /** Pool of senders, in place of `from`. */
  senderPoolId?: string;
  mediaUrls?: readonly string[];
  /** When to send. Absent: now. */
  sendAt?: Date;
  /** How long the message may wait for delivery. */
  validitySeconds?: number;
  /** What it is for; some countries route by it. */
  category?: 'otp' | 'transactional' | 'marketing';
  templateId?: string;
  variables?: Readonly<Record<string, string>>;
  /** True: characters that force UCS-2 may be replaced by like ones. Default false. */
  smartEncoding?: boolean;
  /** Most that the message may cost, in the currency of the account. */
  maxPrice?: DecimalString;
  statusCallbackUrl?: string;
  /** The caller's own reference, given back with the message. */
  reference?: string;
}
