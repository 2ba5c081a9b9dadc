export type {
  CapturePaymentInput,
  CreateCustomerInput,
  CreatePaymentIntentInput,
  ListInvoicesQuery,
  ListTransactionsQuery,
  Money,
  PaymentCustomer,
  PaymentIntent,
  PaymentIntentStatus,
  PaymentInvoice,
  PaymentRefund,
  PaymentTransaction,
  PaymentsProvider,
  RefundPaymentInput,
} from '@mortise/provider-payments';
export type {
  SeedPaymentIntent,
  SeedPaymentIntentStatus,
  SeedPaymentTransaction,
  SeedPaymentsProvider,
} from '@mortise/provider-payments';
export { seedCompat } from '@mortise/provider-payments';
