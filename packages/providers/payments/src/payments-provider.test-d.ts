import { describe, expectTypeOf, it } from 'vitest';
import type { PaymentCustomer } from './model/customer.ts';
import type { PaymentInvoice } from './model/invoice.ts';
import type { PaymentIntentStatus } from './model/payment-intent.ts';
import type { PaymentTransaction } from './model/transaction.ts';
import type { Money } from './money/money.ts';
import type { PaymentsProvider } from './payments-provider.ts';
import type { SeedPaymentIntentStatus } from './seed-compat.ts';

/** An implementation as it was written for the first interface. */
class FirstProvider {
  async createCustomer(input: { email?: string; name?: string }): Promise<PaymentCustomer> {
    return { id: 'cus', ...input };
  }
  async getCustomer(_customerId: string): Promise<PaymentCustomer | null> {
    return null;
  }
  async createPaymentIntent(input: { amount: Money; captureMethod?: 'automatic' | 'manual' }) {
    return { id: 'pi', amount: input.amount, status: 'processing' as const, createdAt: new Date(0) };
  }
  async capturePayment(id: string, _input?: { amount?: Money }) {
    return { id, amount: { amount: 1, currency: 'EUR' }, status: 'succeeded' as const };
  }
  async cancelPaymentIntent(id: string) {
    return { id, amount: { amount: 1, currency: 'EUR' }, status: 'canceled' as const };
  }
  async refundPayment(input: { paymentIntentId: string; amount?: Money }) {
    const { paymentIntentId } = input;
    return { id: 're', paymentIntentId, amount: { amount: 1, currency: 'EUR' }, status: 'pending' as const };
  }
  async listInvoices(_query?: { status?: PaymentInvoice['status'][]; limit?: number }): Promise<PaymentInvoice[]> {
    return [];
  }
  async listTransactions(_query?: { customerId?: string }): Promise<PaymentTransaction[]> {
    return [];
  }
}

describe('PaymentsProvider', () => {
  it('still fits an implementation of the first interface', () => {
    expectTypeOf<FirstProvider>().toExtend<PaymentsProvider>();
  });

  it('has wider states than the first interface, which seedCompat narrows', () => {
    expectTypeOf<'requires_capture'>().toExtend<PaymentIntentStatus>();
    expectTypeOf<SeedPaymentIntentStatus>().toEqualTypeOf<
      'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
    >();
  });

  it('takes whole minor units with a currency', () => {
    expectTypeOf<Money>().toEqualTypeOf<{ amount: number; currency: string }>();
    // @ts-expect-error an amount is no text
    const wrong: Money = { amount: '12.30', currency: 'EUR' };
    expectTypeOf(wrong).toEqualTypeOf<Money>();
  });
});
