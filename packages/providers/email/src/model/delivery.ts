/** How far a mail got with one receiver. `unknown` is a state that this interface has no word for; see `rawStatus`. */
export type EmailDeliveryStatus =
  | 'queued'
  | 'scheduled'
  | 'sent'
  | 'delivered'
  | 'deferred'
  | 'bounced'
  | 'complained'
  | 'suppressed'
  | 'canceled'
  | 'unknown';

export interface EmailRecipientDelivery {
  readonly email: string;
  readonly status: EmailDeliveryStatus;
  /** The provider's own word, where `status` is `unknown`. */
  readonly rawStatus?: string;
  /** Instant (ISO 8601) of the last change. */
  readonly at?: string;
  /** What the receiving server said. */
  readonly diagnostic?: string;
}

/** What became of a mail that was handed over. */
export interface EmailDelivery {
  /** As in `EmailOutboundResult.id`. */
  readonly id: string;
  readonly status: EmailDeliveryStatus;
  /** Instant (ISO 8601) at which a scheduled mail goes out. */
  readonly scheduledAt?: string;
  readonly recipients?: readonly EmailRecipientDelivery[];
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}
