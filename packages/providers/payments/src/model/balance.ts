import type { Money } from '../money/money.ts';

/** What the provider holds for the merchant, one amount for each currency. */
export interface PaymentBalance {
  readonly available: readonly Money[];
  readonly pending: readonly Money[];
}

export interface PaymentPayout {
  readonly id: string;
  /** What goes to the bank, above zero. */
  readonly amount: Money;
  readonly status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';
  readonly arrivesOn?: Date;
  readonly createdAt?: Date;
}

export interface PaymentDispute {
  readonly id: string;
  readonly paymentIntentId?: string;
  readonly amount: Money;
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed' | 'unknown';
  readonly reason?: string;
  readonly respondBy?: Date;
}

/** Evidence in the provider's own fields. */
export interface DisputeEvidenceInput {
  readonly disputeId: string;
  readonly evidence: Readonly<Record<string, string>>;
  /** False keeps a draft. Default true. */
  readonly submit?: boolean;
}

export interface ListPageQuery {
  readonly cursor?: string;
  readonly pageSize?: number;
}
