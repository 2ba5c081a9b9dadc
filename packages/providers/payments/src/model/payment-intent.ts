import type { ResultMeta } from '@mortise/core';
import type { Money } from '../money/money.ts';
import type { PaymentFailure } from './payment-failure.ts';

/** Where a payment stands. `requires_capture`: authorised, and the merchant's turn. `failed`: over, without a way on. */
export type PaymentIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'processing'
  | 'succeeded'
  | 'canceled'
  | 'failed';

/** What the payer has to do next. */
export interface PaymentNextAction {
  type: 'redirect' | 'sdk' | 'display' | 'wait';
  /** Where the payer goes; may hold a one-time token. */
  url?: string;
  expiresAt?: Date;
}

/** How it was paid. Never a whole card number. */
export interface PaymentMethodSummary {
  id?: string;
  /** Such as card or sepa_debit. */
  type: string;
  brand?: string;
  last4?: string;
  /** `YYYY-MM`, the last month in which the card is good. */
  expiry?: string;
  wallet?: string;
}

/** An attempt to collect money. A fact that the provider did not report is absent. */
export interface PaymentIntent extends ResultMeta {
  id: string;
  /** What was asked for, whatever was captured. Never negative. */
  amount: Money;
  status: PaymentIntentStatus;
  /** Authorised and not captured yet. */
  amountCapturable?: Money;
  /** Captured, refunds not taken off. */
  amountReceived?: Money;
  /** Refunds that succeeded or are under way. Never more than `amountReceived`. */
  amountRefunded?: Money;
  customerId?: string;
  /** Lets the payer's browser finish the payment. A secret: never logged, never stored. */
  clientSecret?: string;
  description?: string;
  metadata?: Record<string, string>;
  /** The caller's own reference. */
  reference?: string;
  nextAction?: PaymentNextAction;
  /** Why the last attempt failed. */
  failure?: PaymentFailure;
  /** When an authorisation ends that was not captured. */
  captureBefore?: Date;
  paymentMethod?: PaymentMethodSummary;
  liveMode?: boolean;
  canceledAt?: Date;
  cancellationReason?: string;
  networkTransactionId?: string;
  risk?: { level?: string; score?: number };
  createdAt?: Date;
  updatedAt?: Date;
}

export interface PaymentAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly city?: string;
  readonly postalCode?: string;
  readonly state?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

export interface PaymentContact {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: PaymentAddress;
}

export interface PaymentLineItem {
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: Money;
}

/** A payment to be. Give `idempotencyKey` with the call: without it a repeat may charge twice. */
export interface CreatePaymentIntentInput {
  /** Above zero. */
  amount: Money;
  customerId?: string;
  description?: string;
  /** Default `automatic`. */
  confirmationMethod?: 'automatic' | 'manual';
  /** `manual` authorises only; `capturePayment` takes the money. Default `automatic`. */
  captureMethod?: 'automatic' | 'manual';
  metadata?: Record<string, string>;
  returnUrl?: string;
  statementDescriptor?: string;
  paymentMethodId?: string;
  /** Tries to pay at once; needs a payment method. Default false. */
  confirm?: boolean;
  /** The payer is not there. */
  offSession?: boolean;
  setupFutureUse?: 'on_session' | 'off_session';
  receiptEmail?: string;
  shipping?: PaymentContact;
  billing?: PaymentContact;
  lineItems?: readonly PaymentLineItem[];
  /** The caller's own reference, by which the payment is found again. */
  reference?: string;
  /** What the platform keeps. */
  applicationFee?: Money;
  /** Connected account that gets the rest. */
  destination?: string;
}

export interface ConfirmPaymentInput {
  paymentMethodId?: string;
  returnUrl?: string;
  offSession?: boolean;
}

/** Absent leaves a field as it is. What can be changed depends on the state. */
export interface UpdatePaymentIntentInput extends Partial<
  Pick<CreatePaymentIntentInput, 'amount' | 'description' | 'metadata' | 'receiptEmail' | 'shipping'>
> {}

export interface CapturePaymentInput {
  /** Absent: all that is capturable. The rest is released. */
  amount?: Money;
  receiptEmail?: string;
  metadata?: Record<string, string>;
}

export interface ListPaymentIntentsQuery {
  readonly customerId?: string;
  /** Every one of them is let through, not the first alone. */
  readonly status?: readonly PaymentIntentStatus[];
  /** The caller's own reference. */
  readonly reference?: string;
  readonly cursor?: string;
  readonly pageSize?: number;
}
