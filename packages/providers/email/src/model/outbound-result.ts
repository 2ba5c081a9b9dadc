import type { ResultMeta } from '@mortise/core';

/** What became of one receiver when the mail was handed over. */
export interface EmailRecipientOutcome {
  email: string;
  accepted: boolean;
  /** Why not, such as `suppressed`. */
  reason?: string;
}

/** Receipt for a mail that the provider took. */
export interface EmailOutboundResult extends ResultMeta {
  /** What the other methods take as the id of the mail. */
  id: string;
  /** The provider's own id, where `id` is another one. */
  providerMessageId?: string;
  /** When the provider took the mail. */
  queuedAt?: Date;
  /** Only where delivery is known when the call returns. */
  deliveredAt?: Date;
  /** The `Message-ID` header, angle brackets included, by which receivers' replies refer to the mail. */
  messageIdHeader?: string;
  /** The provider's thread of the sent mail. */
  threadId?: string;
  /** Absent: not reported. */
  status?: 'queued' | 'scheduled' | 'sent' | 'rejected';
  /** Receivers one by one, those that were refused included. Absent: the provider does not tell them apart. */
  recipients?: EmailRecipientOutcome[];
  /** Until when the mail can be taken back. */
  undoUntil?: Date;
}
