/** What can happen to a mail after it was handed over. Gains members: keep a default branch. */
export type EmailEventType =
  | 'sent'
  | 'deferred'
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'opened'
  | 'clicked'
  | 'unsubscribed'
  | 'rejected'
  | 'inbound'
  /** A kind that this interface has no word for; see `rawType`. Never read as good news. */
  | 'other';

/** Why a mail came back. `hard`: the address will never work; `soft`: later it may; `block`: the server refuses the sender. */
export interface EmailBounce {
  readonly kind: 'hard' | 'soft' | 'block' | 'unknown';
  /** Status code (RFC 3463) or the provider's own. */
  readonly code?: string;
  /** What the receiving server said. May hold addresses. */
  readonly diagnostic?: string;
}

/** Something that happened to a mail, as a webhook tells it. */
export interface EmailEvent {
  readonly type: EmailEventType;
  /** The provider's own word, where `type` is `other`. */
  readonly rawType?: string;
  /** As in `EmailOutboundResult.id`; for `inbound` the id of the received message. */
  readonly messageId: string;
  readonly recipient?: string;
  readonly bounce?: EmailBounce;
  /** Address that was clicked. */
  readonly url?: string;
  /** Instant (ISO 8601) at which it happened. */
  readonly at: string;
  /** The same for every repetition of one event: drop what was seen. */
  readonly providerEventId: string;
}
