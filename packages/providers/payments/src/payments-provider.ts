import type { CallOptions, Page, WebhookProvider } from '@mortise/core';
import type {
  DisputeEvidenceInput,
  ListPageQuery,
  PaymentBalance,
  PaymentDispute,
  PaymentPayout,
} from './model/balance.ts';
import type { PaymentsCapabilities } from './model/capabilities.ts';
import type {
  CreateCustomerInput,
  ListCustomersQuery,
  PaymentCustomer,
  UpdateCustomerInput,
} from './model/customer.ts';
import type { ListInvoicesQuery, PaymentInvoice } from './model/invoice.ts';
import type { PaymentEvent } from './model/payment-event.ts';
import type {
  CapturePaymentInput,
  ConfirmPaymentInput,
  CreatePaymentIntentInput,
  ListPaymentIntentsQuery,
  PaymentIntent,
  PaymentMethodSummary,
  UpdatePaymentIntentInput,
} from './model/payment-intent.ts';
import type {
  CreateCheckoutInput,
  CreateSetupIntentInput,
  HostedPaymentPage,
  PaymentSetupIntent,
} from './model/payment-method.ts';
import type { ListRefundsQuery, PaymentRefund, RefundPaymentInput } from './model/refund.ts';
import type { ListTransactionsQuery, PaymentTransaction } from './model/transaction.ts';

/**
 * Takes payments behind one connection. Eight methods are required; `complete(provider)` adds the others.
 *
 * Every call that moves money should carry `idempotencyKey`: the same key and input have one effect, however often and
 * however much at once they come. A write whose answer was lost rejects with `outcome_unknown`; it may be repeated only
 * with its key. A decline is no error but `failure` on the intent.
 */
export interface PaymentsProvider extends Partial<WebhookProvider<PaymentEvent>> {
  /** What works, idempotency included. Absent: unknown, and only trying tells. */
  readonly capabilities?: PaymentsCapabilities;

  createCustomer(input: CreateCustomerInput, options?: CallOptions): Promise<PaymentCustomer>;

  /** Null for a customer that does not exist or was deleted; every other failure is an error. */
  getCustomer(customerId: string, options?: CallOptions): Promise<PaymentCustomer | null>;

  createPaymentIntent(input: CreatePaymentIntentInput, options?: CallOptions): Promise<PaymentIntent>;

  /**
   * Takes what was authorised, or a part of it.
   *
   * @throws {IntegrationError} `invalid_request`: more than is capturable; `precondition_failed`: nothing is.
   */
  capturePayment(paymentIntentId: string, input?: CapturePaymentInput, options?: CallOptions): Promise<PaymentIntent>;

  /** Ends a payment that did not succeed and releases what was authorised. One that is canceled stays as it is. */
  cancelPaymentIntent(paymentIntentId: string, options?: CallOptions): Promise<PaymentIntent>;

  /**
   * Gives money back.
   *
   * @throws {IntegrationError} `invalid_request`: more than is left; `precondition_failed`: nothing was captured.
   */
  refundPayment(input: RefundPaymentInput, options?: CallOptions): Promise<PaymentRefund>;

  /** Invoices, newest first. */
  listInvoices(query?: ListInvoicesQuery, options?: CallOptions): Promise<PaymentInvoice[]>;

  /** Movements on the balance, newest first: captures, refunds, fees, payouts. */
  listTransactions(query?: ListTransactionsQuery, options?: CallOptions): Promise<PaymentTransaction[]>;

  /** Null for a payment that does not exist. */
  getPaymentIntent?(paymentIntentId: string, options?: CallOptions): Promise<PaymentIntent | null>;

  /** Tries to pay, or to pay again after a decline. */
  confirmPayment?(paymentIntentId: string, input?: ConfirmPaymentInput, options?: CallOptions): Promise<PaymentIntent>;

  updatePaymentIntent?(
    paymentIntentId: string,
    input: UpdatePaymentIntentInput,
    options?: CallOptions,
  ): Promise<PaymentIntent>;

  listPaymentIntents?(query?: ListPaymentIntentsQuery, options?: CallOptions): Promise<Page<PaymentIntent>>;

  /** Null for a refund that does not exist. */
  getRefund?(refundId: string, options?: CallOptions): Promise<PaymentRefund | null>;

  listRefunds?(query?: ListRefundsQuery, options?: CallOptions): Promise<Page<PaymentRefund>>;

  cancelRefund?(refundId: string, options?: CallOptions): Promise<PaymentRefund>;

  updateCustomer?(customerId: string, input: UpdateCustomerInput, options?: CallOptions): Promise<PaymentCustomer>;

  /** A customer that does not exist is fine. */
  deleteCustomer?(customerId: string, options?: CallOptions): Promise<void>;

  listCustomers?(query?: ListCustomersQuery, options?: CallOptions): Promise<Page<PaymentCustomer>>;

  createSetupIntent?(input: CreateSetupIntentInput, options?: CallOptions): Promise<PaymentSetupIntent>;

  listPaymentMethods?(customerId: string, options?: CallOptions): Promise<PaymentMethodSummary[]>;

  detachPaymentMethod?(paymentMethodId: string, options?: CallOptions): Promise<void>;

  createCheckout?(input: CreateCheckoutInput, options?: CallOptions): Promise<HostedPaymentPage>;

  createPortalSession?(customerId: string, returnUrl: string, options?: CallOptions): Promise<HostedPaymentPage>;

  getInvoice?(invoiceId: string, options?: CallOptions): Promise<PaymentInvoice | null>;

  /** `startingAfter` is the page's cursor. */
  listInvoicesPage?(query?: ListInvoicesQuery, options?: CallOptions): Promise<Page<PaymentInvoice>>;

  /** `startingAfter` is the page's cursor. */
  listTransactionsPage?(query?: ListTransactionsQuery, options?: CallOptions): Promise<Page<PaymentTransaction>>;

  listDisputes?(query?: ListPageQuery, options?: CallOptions): Promise<Page<PaymentDispute>>;

  submitEvidence?(input: DisputeEvidenceInput, options?: CallOptions): Promise<PaymentDispute>;

  listPayouts?(query?: ListPageQuery, options?: CallOptions): Promise<Page<PaymentPayout>>;

  getBalance?(options?: CallOptions): Promise<PaymentBalance>;
}
