export type { CompletePaymentsProvider } from './complete.ts';
export { complete } from './complete.ts';
export type {
  DisputeEvidenceInput,
  ListPageQuery,
  PaymentBalance,
  PaymentDispute,
  PaymentPayout,
} from './model/balance.ts';
export type { PaymentsCapabilities, PaymentsMethod } from './model/capabilities.ts';
export type {
  CreateCustomerInput,
  ListCustomersQuery,
  PaymentCustomer,
  UpdateCustomerInput,
} from './model/customer.ts';
export type { ListInvoicesQuery, PaymentInvoice } from './model/invoice.ts';
export type { PaymentEvent, PaymentEventType } from './model/payment-event.ts';
export { advancePaymentStatus } from './model/payment-event.ts';
export type { PaymentFailure, PaymentFailureAdvice, PaymentFailureCode } from './model/payment-failure.ts';
export { paymentFailure } from './model/payment-failure.ts';
export type {
  CapturePaymentInput,
  ConfirmPaymentInput,
  CreatePaymentIntentInput,
  ListPaymentIntentsQuery,
  PaymentAddress,
  PaymentContact,
  PaymentIntent,
  PaymentIntentStatus,
  PaymentLineItem,
  PaymentMethodSummary,
  PaymentNextAction,
  UpdatePaymentIntentInput,
} from './model/payment-intent.ts';
export type {
  CreateCheckoutInput,
  CreateSetupIntentInput,
  HostedPaymentPage,
  PaymentSetupIntent,
} from './model/payment-method.ts';
export type { ListRefundsQuery, PaymentRefund, RefundPaymentInput } from './model/refund.ts';
export type { ListTransactionsQuery, PaymentTransaction } from './model/transaction.ts';
export type { CurrencyExponents } from './money/currency-exponents.ts';
export { currencyExponent, STRIPE_CURRENCY_EXPONENTS } from './money/currency-exponents.ts';
export type { Money } from './money/money.ts';
export { money, MoneySchema, normalizeCurrency } from './money/money.ts';
export { convertMinorUnits, moneyFromDecimal, moneyToDecimal } from './money/money-decimal.ts';
export type { MoneyErrorCode } from './money/money-error.ts';
export { MoneyError } from './money/money-error.ts';
export { addMoney, allocateMoney, compareMoney, subtractMoney } from './money/money-math.ts';
export type { PaymentsProvider } from './payments-provider.ts';
export type {
  PortablePaymentEvent,
  PortablePaymentIntent,
  PortablePaymentRefund,
  PortablePaymentTransaction,
} from './schema/portable-schemas.ts';
export {
  PaymentEventSchema,
  PaymentIntentSchema,
  PaymentRefundSchema,
  PaymentTransactionSchema,
} from './schema/portable-schemas.ts';
export type {
  SeedPaymentIntent,
  SeedPaymentIntentStatus,
  SeedPaymentsProvider,
  SeedPaymentTransaction,
} from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';
