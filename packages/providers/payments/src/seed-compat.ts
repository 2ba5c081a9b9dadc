import type { PaymentIntent, PaymentIntentStatus } from './model/payment-intent.ts';
import type { PaymentTransaction } from './model/transaction.ts';
import type { PaymentsProvider } from './payments-provider.ts';

export type SeedPaymentIntentStatus = Exclude<PaymentIntentStatus, 'requires_capture' | 'failed'>;

export type SeedPaymentIntent = Omit<PaymentIntent, 'status'> & { status: SeedPaymentIntentStatus };

export type SeedPaymentTransaction = Omit<PaymentTransaction, 'type' | 'status'> & {
  type: 'capture' | 'refund' | 'payout';
  status: 'pending' | 'succeeded' | 'failed';
};

type WithSeedIntent<Method extends (...call: never[]) => unknown> = (
  ...call: Parameters<Method>
) => Promise<SeedPaymentIntent>;

/** A provider whose results hold no state or type that the first interface did not have. */
export interface SeedPaymentsProvider extends Pick<
  PaymentsProvider,
  'createCustomer' | 'getCustomer' | 'refundPayment' | 'listInvoices'
> {
  createPaymentIntent: WithSeedIntent<PaymentsProvider['createPaymentIntent']>;
  capturePayment: WithSeedIntent<PaymentsProvider['capturePayment']>;
  cancelPaymentIntent: WithSeedIntent<PaymentsProvider['cancelPaymentIntent']>;
  listTransactions(...call: Parameters<PaymentsProvider['listTransactions']>): Promise<SeedPaymentTransaction[]>;
}

/**
 * For code written against the first interface, whose unions were narrower: folds what came later.
 *
 * | given | becomes |
 * | --- | --- |
 * | payment status `requires_capture` | `requires_action` |
 * | payment status `failed` | `canceled` |
 * | transaction status `canceled` | `failed` |
 * | transaction type `fee`, `dispute`, `dispute_reversal`, `adjustment`, `transfer` | left out |
 */
export function seedCompat(provider: PaymentsProvider): SeedPaymentsProvider {
  return {
    createCustomer: (...call) => provider.createCustomer(...call),
    getCustomer: (...call) => provider.getCustomer(...call),
    refundPayment: (...call) => provider.refundPayment(...call),
    listInvoices: (...call) => provider.listInvoices(...call),
    createPaymentIntent: async (...call) => foldIntent(await provider.createPaymentIntent(...call)),
    capturePayment: async (...call) => foldIntent(await provider.capturePayment(...call)),
    cancelPaymentIntent: async (...call) => foldIntent(await provider.cancelPaymentIntent(...call)),
    listTransactions: async (...call) => (await provider.listTransactions(...call)).flatMap(foldTransaction),
  };
}

function foldIntent({ status, ...intent }: PaymentIntent): SeedPaymentIntent {
  if (status === 'requires_capture') return { ...intent, status: 'requires_action' };
  return { ...intent, status: status === 'failed' ? 'canceled' : status };
}

function foldTransaction({ type, status, ...transaction }: PaymentTransaction): SeedPaymentTransaction[] {
  if (type !== 'capture' && type !== 'refund' && type !== 'payout') return [];
  return [{ ...transaction, type, status: status === 'canceled' ? 'failed' : status }];
}
