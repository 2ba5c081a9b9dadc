import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `PaymentsProvider` that not every implementation has. */
export type PaymentsMethod =
  | 'getPaymentIntent'
  | 'confirmPayment'
  | 'updatePaymentIntent'
  | 'listPaymentIntents'
  | 'getRefund'
  | 'listRefunds'
  | 'cancelRefund'
  | 'updateCustomer'
  | 'deleteCustomer'
  | 'listCustomers'
  | 'createSetupIntent'
  | 'listPaymentMethods'
  | 'detachPaymentMethod'
  | 'createCheckout'
  | 'createPortalSession'
  | 'getInvoice'
  | 'listInvoicesPage'
  | 'listTransactionsPage'
  | 'listDisputes'
  | 'submitEvidence'
  | 'listPayouts'
  | 'getBalance'
  | 'verifyWebhook'
  | 'parseWebhook';

/** What an implementation can do: plain data, known without any call. */
export interface PaymentsCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<PaymentsMethod, MethodSupport>>>;
  /** Labels that the provider takes. A call with more is refused by name. Absent: not documented. */
  readonly metadataLimits?: {
    readonly maxKeys: number;
    readonly maxKeyLength: number;
    readonly maxValueLength: number;
  };
}
