import type { Money } from '../money/money.ts';
import type { PaymentIntentStatus } from './payment-intent.ts';

/** What happened. An open set: keep a default branch. */
export type PaymentEventType =
  | 'authorized'
  | 'captured'
  | 'succeeded'
  | 'failed'
  | 'requires_action'
  | 'canceled'
  | 'refunded'
  | 'dispute_opened'
  | 'dispute_closed'
  | 'payout_paid'
  | 'payout_failed'
  | 'invoice_paid'
  | 'invoice_failed'
  | 'method_expiring'
  | 'unknown';

export interface PaymentEvent {
  /** Same id, same event: providers repeat themselves. */
  readonly id: string;
  readonly type: PaymentEventType;
  /** The type in the words of the provider. */
  readonly rawType?: string;
  /** The payment, refund, payout, dispute or invoice that it is about. */
  readonly objectId: string;
  readonly amount?: Money;
  readonly at: Date;
  readonly liveMode?: boolean;
}

/** What an event says about a payment. Others say nothing about its status. */
const REACHED: Readonly<Partial<Record<PaymentEventType, PaymentIntentStatus>>> = {
  failed: 'requires_payment_method',
  requires_action: 'requires_action',
  authorized: 'requires_capture',
  captured: 'succeeded',
  succeeded: 'succeeded',
  canceled: 'canceled',
};

/** How far a payment has come. Two that are equal exclude each other. */
const PROGRESS: Readonly<Record<PaymentIntentStatus, number>> = {
  requires_payment_method: 0,
  requires_confirmation: 1,
  requires_action: 2,
  processing: 3,
  requires_capture: 4,
  canceled: 5,
  failed: 5,
  succeeded: 6,
};

/**
 * The status of a payment after an event, whatever the order in which events come and however often: it never goes back.
 * An attempt that fails after another began is not told by events alone; read the intent for that.
 */
export function advancePaymentStatus(
  current: PaymentIntentStatus,
  event: Pick<PaymentEvent, 'type'>,
): PaymentIntentStatus {
  const reached = REACHED[event.type];
  return reached !== undefined && PROGRESS[reached] > PROGRESS[current] ? reached : current;
}
