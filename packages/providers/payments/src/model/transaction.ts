import type { Money } from '../money/money.ts';

/** A movement on the merchant's balance at the provider. */
export interface PaymentTransaction {
  id: string;
  paymentIntentId?: string;
  /** Signed: positive comes into the balance, negative leaves it (refunds, payouts, fees, disputes). */
  amount: Money;
  type: 'capture' | 'refund' | 'payout' | 'fee' | 'dispute' | 'dispute_reversal' | 'adjustment' | 'transfer';
  status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  createdAt: Date;
  description?: string;
  metadata?: Record<string, string>;
  /** The amount before fees; equals `amount`. */
  gross?: Money;
  /** What the provider takes, at least zero. */
  fee?: Money;
  /** `gross` less `fee`: what the balance changes by. Absent: `amount`. */
  net?: Money;
  availableOn?: Date;
  /** Units of the settlement currency for one of the payment's, as decimal text. */
  exchange?: { rate: string; from: string; to: string };
  /** Charge, refund, payout or dispute behind it. */
  sourceId?: string;
}

export interface ListTransactionsQuery {
  customerId?: string;
  paymentIntentId?: string;
  limit?: number;
  /** Id of the last item seen. */
  startingAfter?: string;
}
