import { describe, expect, it } from 'vitest';
import { brokenProviders } from './__fixtures__/broken-providers.ts';
import { checkPaymentsProvider, describePaymentsProvider } from './check-payments-provider.ts';
import { inMemoryTarget } from './in-memory-target.ts';
import { paymentsConformanceCases } from './payments-conformance-cases.ts';

/** The whole kit takes a third of a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describePaymentsProvider('the in-memory provider', inMemoryTarget(), { describe, it });

describe('the conformance kit', () => {
  it('lets an honest provider pass, with nothing skipped', LIMIT, async () => {
    const outcomes = await checkPaymentsProvider(inMemoryTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('has one broken provider for every check', () => {
    const covered = brokenProviders.map(({ fails }) => fails).sort();
    expect(covered).toEqual(paymentsConformanceCases.map(({ id }) => id).sort());
  });

  it.each(brokenProviders.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      const outcomes = await checkPaymentsProvider(target);
      expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([fails]);
    },
  );

  it('reports what an implementation does not declare as skipped', LIMIT, async () => {
    const plain = inMemoryTarget((honest) => ({
      createCustomer: (...call) => honest.createCustomer(...call),
      getCustomer: (...call) => honest.getCustomer(...call),
      createPaymentIntent: (...call) => honest.createPaymentIntent(...call),
      capturePayment: (...call) => honest.capturePayment(...call),
      cancelPaymentIntent: (...call) => honest.cancelPaymentIntent(...call),
      refundPayment: (...call) => honest.refundPayment(...call),
      listInvoices: (...call) => honest.listInvoices(...call),
      listTransactions: (...call) => honest.listTransactions(...call),
      capabilities: { methods: {} },
    }));
    const outcomes = await checkPaymentsProvider(plain);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id, reason }) => [id, reason])).toEqual([
      ['payments.4', 'capability "getPaymentIntent" is not declared'],
      ['payments.7', 'capability "confirmPayment" is not declared'],
      ['payments.8', 'capability "getBalance" is not declared'],
      ['X10', 'capability "idempotency" is not declared'],
      ['payments.1', 'capability "idempotency" is not declared'],
      ['payments.500', 'capability "idempotency" is not declared'],
      ['payments.2', 'capability "listPaymentIntents" is not declared'],
      ['payments.14', 'capability "metadata-limits" is not declared'],
      ['X19', 'capability "verifyWebhook" is not declared'],
    ]);
  });
});
