import type { ResultMeta } from '@mortise/core';
import type { Money } from '../money/money.ts';

export interface PaymentRefund extends ResultMeta {
  id: string;
  paymentIntentId: string;
  /** What goes back, above zero. */
  amount: Money;
  status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  reason?: string;
  metadata?: Record<string, string>;
  createdAt?: Date;
}

/** Give `idempotencyKey` with the call: without it a repeat may refund twice. */
export interface RefundPaymentInput {
  paymentIntentId: string;
  /** Absent: all that is left. Never more than was captured and not refunded yet. */
  amount?: Money;
  reason?: string;
  metadata?: Record<string, string>;
}

export interface ListRefundsQuery {
  readonly paymentIntentId?: string;
  readonly cursor?: string;
  readonly pageSize?: number;
}
