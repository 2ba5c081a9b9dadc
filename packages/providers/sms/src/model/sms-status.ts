/**
 * How far a message has come. `unknown` stands for whatever the provider says that is none of the others; it is never
 * read as success, and `rawStatus` tells the provider's word.
 */
export type SmsStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  /** Accepted, to be sent later. */
  | 'scheduled'
  | 'canceled'
  /** Inbound. */
  | 'received'
  | 'read'
  | 'unknown';

/** Why a message did not arrive. */
export type SmsFailureReason =
  | 'landline'
  /** Switched off, out of reach, or no longer in use. */
  | 'unreachable'
  /** The carrier or the recipient blocks the sender. */
  | 'blocked'
  | 'spam_filtered'
  /** Not delivered within its validity. */
  | 'expired'
  | 'opted_out'
  | 'unknown';

const RANKS: Readonly<Record<SmsStatus, number>> = {
  unknown: 0,
  scheduled: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  delivered: 6,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  received: 6,
  read: 7,
};

/**
 * Which of two statuses holds, given that callbacks come in any order: a final status is never taken back, and `read`
 * alone goes beyond `delivered`. Of two final ones the first that was known stays.
 */
export function laterSmsStatus(known: SmsStatus, told: SmsStatus): SmsStatus {
  if (told === 'read' && known !== 'delivered' && RANKS[known] >= RANKS.delivered) return known;
  return RANKS[told] > RANKS[known] ? told : known;
}

/** Whether nothing but `read` can follow. */
export function isFinalSmsStatus(status: SmsStatus): boolean {
  return RANKS[status] >= RANKS.delivered;
}
