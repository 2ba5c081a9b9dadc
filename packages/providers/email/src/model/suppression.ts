/** Why a provider no longer writes to an address. */
export type EmailSuppressionReason = 'bounce' | 'complaint' | 'unsubscribe' | 'manual' | 'unknown';

/** An address that the provider does not write to. */
export interface EmailSuppression {
  readonly email: string;
  readonly reason: EmailSuppressionReason;
  /** Instant (ISO 8601). */
  readonly createdAt?: string;
}

/** Whether a sender may be used. */
export interface EmailSenderVerification {
  readonly email: string;
  /** `pending`: the owner was asked and has not confirmed. */
  readonly status: 'verified' | 'pending' | 'unverified';
  /** What is left to do, such as DNS records to publish. */
  readonly steps?: readonly string[];
}
