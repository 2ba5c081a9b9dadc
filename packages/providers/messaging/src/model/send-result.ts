import type { ResultMeta } from '@mortise/core';
import type { MessagingDeliveryStatus } from './delivery-status.ts';

/** What became of a message. */
export interface MessagingSendResult extends ResultMeta {
  /** A message reference as text (`decodeMessageRef`): every method takes it. */
  id: string;
  /** The provider's own id. */
  providerMessageId?: string;
  status: MessagingDeliveryStatus;
  sentAt?: Date;
  deliveredAt?: Date;
  errorCode?: string;
  errorMessage?: string;
  metadata?: Record<string, string>;
  /** Further messages, where a text was too long for one: their references, in order. */
  continuedIn?: readonly string[];
  /** What the provider called the status, where it is `unknown`. */
  rawStatus?: string;
}
