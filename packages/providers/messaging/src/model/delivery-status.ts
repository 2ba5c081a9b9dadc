/**
 * How far a message has come. `unknown` stands for whatever the provider says that is none of the others; it is never
 * read as success.
 */
export type MessagingDeliveryStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'read'
  /** Accepted, to be sent later. */
  | 'scheduled'
  | 'deleted'
  | 'unknown';
