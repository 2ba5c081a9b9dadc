import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { PaymentTransaction } from './model/transaction.ts';
import type { PaymentsProvider } from './payments-provider.ts';
import { seedCompat } from './seed-compat.ts';
import { InMemoryPaymentsProvider } from './testing/in-memory-payments-provider.ts';
import { InMemoryProcessor } from './testing/in-memory-processor.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const invoices = ['in-1', 'in-2', 'in-3'].map((id) => ({ id, status: 'open' as const, amountDue: eur(1) }));

function provider(): InMemoryPaymentsProvider {
  return new InMemoryPaymentsProvider({ processor: new InMemoryProcessor({ invoices }) });
}

/** Only what the first interface had. */
function plain(): PaymentsProvider {
  const honest = provider();
  return {
    createCustomer: (input) => honest.createCustomer(input),
    getCustomer: (id) => honest.getCustomer(id),
    createPaymentIntent: (input) => honest.createPaymentIntent(input),
    capturePayment: (id, input) => honest.capturePayment(id, input),
    cancelPaymentIntent: (id) => honest.cancelPaymentIntent(id),
    refundPayment: (input) => honest.refundPayment(input),
    listInvoices: (query) => honest.listInvoices(query),
    listTransactions: (query) => honest.listTransactions(query),
  };
}

describe('complete', () => {
  it('uses what the provider has', async () => {
    const completed = complete(provider());
    const { id } = await completed.createPaymentIntent({ amount: eur(5), reference: 'order-1' });
    expect((await completed.listPaymentIntents({ reference: 'order-1' })).items.map((one) => one.id)).toEqual([id]);
    expect(completed.capabilities?.idempotency).toMatchObject({ supported: 'native', onMismatch: 'error' });
  });

  it('makes pages from plain lists', async () => {
    const completed = complete(plain());
    const first = await completed.listInvoicesPage({ limit: 2 });
    expect(first).toMatchObject({ hasMore: true, nextCursor: 'in-2', items: [{ id: 'in-3' }, { id: 'in-2' }] });
    const second = await completed.listInvoicesPage({ limit: 2, startingAfter: 'in-2' });
    expect(second).toEqual({ hasMore: false, items: [invoices[0]] });
    expect(await completed.listTransactionsPage()).toEqual({ hasMore: false, items: [] });
  });

  it('says of every other missing method that it is not supported', async () => {
    const completed = complete(plain());
    const request = { headers: {}, rawBody: '' };
    const calls = [
      completed.getPaymentIntent('x'),
      completed.confirmPayment('x'),
      completed.updatePaymentIntent('x', {}),
      completed.listPaymentIntents(),
      completed.getRefund('x'),
      completed.listRefunds(),
      completed.cancelRefund('x'),
      completed.updateCustomer('x', {}),
      completed.deleteCustomer('x'),
      completed.listCustomers(),
      completed.createSetupIntent({ customerId: 'x' }),
      completed.listPaymentMethods('x'),
      completed.detachPaymentMethod('x'),
      completed.createCheckout({ amount: eur(1), successUrl: 'https://example.com' }),
      completed.createPortalSession('x', 'https://example.com'),
      completed.getInvoice('x'),
      completed.listDisputes(),
      completed.submitEvidence({ disputeId: 'x', evidence: {} }),
      completed.listPayouts(),
      completed.getBalance(),
      completed.verifyWebhook(request),
      completed.parseWebhook(request),
      completed.parseWebhookAll(request),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('seedCompat', () => {
  it('folds a payment that waits for its capture', async () => {
    const input = { amount: eur(100), captureMethod: 'manual', confirm: true, paymentMethodId: 'pm_good' } as const;
    const narrow = seedCompat(provider());
    const held = await narrow.createPaymentIntent(input);
    expect(held.status).toBe('requires_action');
    expect((await narrow.capturePayment(held.id)).status).toBe('succeeded');
    expect((await narrow.refundPayment({ paymentIntentId: held.id })).amount).toEqual(eur(100));
    expect((await narrow.listTransactions()).map(({ type }) => type)).toEqual(['refund', 'capture']);
    const other = await narrow.createPaymentIntent({ amount: eur(1) });
    expect((await narrow.cancelPaymentIntent(other.id)).status).toBe('canceled');
    expect(await narrow.listInvoices()).toHaveLength(3);
    const { id } = await narrow.createCustomer({ name: 'Payer' });
    expect((await narrow.getCustomer(id))?.name).toBe('Payer');
  });

  it('calls a payment that failed canceled, and leaves movements out that the first interface did not have', async () => {
    const entry = (type: PaymentTransaction['type'], status: PaymentTransaction['status']): PaymentTransaction => ({
      id: type,
      type,
      status,
      amount: eur(1),
      createdAt: new Date(0),
    });
    const narrow = seedCompat({
      ...plain(),
      cancelPaymentIntent: (id) => Promise.resolve({ id, amount: eur(1), status: 'failed' }),
      listTransactions: () => Promise.resolve([entry('fee', 'succeeded'), entry('payout', 'canceled')]),
    });
    expect((await narrow.cancelPaymentIntent('x')).status).toBe('canceled');
    expect(await narrow.listTransactions()).toMatchObject([{ type: 'payout', status: 'failed' }]);
  });
});
