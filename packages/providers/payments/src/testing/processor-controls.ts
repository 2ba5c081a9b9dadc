import type { PaymentFailureCode } from '../model/payment-failure.ts';
import type { PaymentInvoice } from '../model/invoice.ts';
import type { Money } from '../money/money.ts';

/** A request as it reached the processor. */
export interface ProcessorRequest {
  readonly method: string;
  readonly credential: string;
  readonly idempotencyKey?: string;
  /** The amount as the processor read it from the wire. */
  readonly amount?: Money;
}

/** Ids of payment methods that behave as told. */
export interface TestPaymentMethods {
  /** Pays. */
  readonly good: string;
  /** Wants the payer to authenticate. */
  readonly authenticates: string;
  /** Is declined, for this reason. */
  readonly declined: (code: PaymentFailureCode) => string;
}

/** What a processor holds at first. */
export interface ProcessorData {
  readonly invoices?: readonly PaymentInvoice[];
  /** What the processor takes of each capture, in hundredths of a percent, rounded down. Default 0. */
  readonly feeBasisPoints?: number;
}

/** The other side of the provider: what happens at the processor while it is used. */
export interface ProcessorControls {
  readonly methods: TestPaymentMethods;
  /** What the payer does with an authentication that was asked for. */
  authenticate(paymentIntentId: string, succeeds: boolean): void;
  addInvoice(invoice: PaymentInvoice): void;
  /** Sends money from the balance to the merchant's bank. */
  payOut(amount: Money): void;
  /** Does what the next write asks for, and loses the answer. */
  loseNextAnswer(): void;
  /** Fails the next write after it began, with a server error. */
  failNext(): void;
  /** Lets the next request wait for ever. */
  hangNext(): void;
  requests(): readonly ProcessorRequest[];
  /** Requests that wait for their answer. */
  openRequests(): number;
}
