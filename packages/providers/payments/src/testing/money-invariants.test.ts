import { IntegrationError } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentIntent } from '../model/payment-intent.ts';
import {
  PaymentEventSchema,
  PaymentIntentSchema,
  PaymentRefundSchema,
  PaymentTransactionSchema,
} from '../schema/portable-schemas.ts';
import { InMemoryPaymentsProvider } from './in-memory-payments-provider.ts';
import { InMemoryProcessor } from './in-memory-processor.ts';

const amount = fc.integer({ min: -1, max: 1500 }).map((units) => ({ amount: units, currency: 'EUR' }));
const maybeAmount = fc.option(amount, { nil: undefined });
/** Few keys, so that they are reused: by repeats, by other bodies, in parallel. */
const key = fc.option(fc.constantFrom('key-1', 'key-2', 'key-3'), { nil: undefined });
const step = fc.record({
  kind: fc.constantFrom('capture', 'refund', 'cancel', 'confirm', 'authenticate'),
  amount: maybeAmount,
  key,
  times: fc.integer({ min: 1, max: 3 }),
  loses: fc.boolean(),
  succeeds: fc.boolean(),
});
const start = fc.record({
  captureMethod: fc.constantFrom('automatic', 'manual'),
  paymentMethodId: fc.constantFrom('pm_good', 'pm_authenticates', 'pm_declined_insufficient_funds'),
});

async function ignoreRefusals(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!IntegrationError.is(error)) throw error;
  });
}

function unitsOf(value: { amount: number } | undefined): number {
  return value?.amount ?? 0;
}

function checkBooks(processor: InMemoryProcessor, intent: PaymentIntent): void {
  const [asked, received, refunded, capturable] = [
    unitsOf(intent.amount),
    unitsOf(intent.amountReceived),
    unitsOf(intent.amountRefunded),
    unitsOf(intent.amountCapturable),
  ];
  expect(received + capturable).toBeLessThanOrEqual(asked);
  expect(refunded).toBeLessThanOrEqual(received);
  expect(Math.min(received, refunded, capturable)).toBeGreaterThanOrEqual(0);
  const refunds = [...processor.refunds.values()].reduce((sum, refund) => sum + refund.amount.amount, 0);
  expect(refunds).toBe(refunded);
  const movements = processor.transactions.reduce((sum, entry) => sum + entry.amount.amount, 0);
  expect(movements).toBe(received - refunded);
  if (intent.status === 'canceled') expect(received).toBe(0);
}

describe('whatever is called, in whatever order, repeated and in parallel', () => {
  it('what was refunded never exceeds what was captured, nor that what was asked; the books agree', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(step, { maxLength: 12 }), async (first, steps) => {
        const processor = new InMemoryProcessor();
        const provider = new InMemoryPaymentsProvider({ processor });
        const { id } = await provider.createPaymentIntent({
          ...first,
          amount: { amount: 1000, currency: 'EUR' },
          confirm: true,
        });
        for (const { kind, amount: units, key: idempotencyKey, times, loses, succeeds } of steps) {
          const options = idempotencyKey === undefined ? {} : { idempotencyKey };
          const part = units === undefined ? {} : { amount: units };
          const call = (): Promise<unknown> => {
            switch (kind) {
              case 'capture':
                return provider.capturePayment(id, part, options);
              case 'refund':
                return provider.refundPayment({ paymentIntentId: id, ...part }, options);
              case 'cancel':
                return provider.cancelPaymentIntent(id, options);
              case 'confirm':
                return provider.confirmPayment(id, { paymentMethodId: 'pm_good' }, options);
              default:
                return Promise.resolve().then(() => processor.authenticate(id, succeeds));
            }
          };
          if (loses) processor.loseNextAnswer();
          await Promise.all(Array.from({ length: times }, () => ignoreRefusals(call())));
          const intent = processor.findIntent(id);
          if (intent === undefined) expect.unreachable('the payment is gone');
          expect(intent.amount).toEqual({ amount: 1000, currency: 'EUR' });
          checkBooks(processor, intent);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('fees are taken exactly, and the balance is the sum of the net amounts', async () => {
    const payments = fc.array(
      fc.maxSafeInteger().map((units) => Math.trunc(Math.abs(units) / 64) + 1),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(payments, fc.integer({ min: 0, max: 10_000 }), async (list, feeBasisPoints) => {
        const processor = new InMemoryProcessor({ feeBasisPoints });
        const provider = new InMemoryPaymentsProvider({ processor });
        let expected = 0n;
        for (const units of list) {
          const input = { amount: { amount: units, currency: 'EUR' }, confirm: true, paymentMethodId: 'pm_good' };
          await provider.createPaymentIntent(input);
          expected += BigInt(units) - (BigInt(units) * BigInt(feeBasisPoints)) / 10_000n;
        }
        const { available } = await provider.getBalance();
        expect(BigInt(unitsOf(available[0]))).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what crosses a process', () => {
  it('fits its schemas once it went through JSON, the client secret left behind', async () => {
    const processor = new InMemoryProcessor();
    const provider = new InMemoryPaymentsProvider({ processor });
    const input = { amount: { amount: 1000, currency: 'EUR' }, confirm: true, paymentMethodId: 'pm_good' };
    const { clientSecret, ...intent } = await provider.createPaymentIntent(input);
    const refund = await provider.refundPayment({ paymentIntentId: intent.id });
    const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(validateAgainstSchema(PaymentIntentSchema, sent(intent)).problems).toEqual([]);
    expect(validateAgainstSchema(PaymentIntentSchema, sent({ ...intent, clientSecret })).valid).toBe(false);
    expect(validateAgainstSchema(PaymentRefundSchema, sent(refund)).problems).toEqual([]);
    for (const entry of await provider.listTransactions()) {
      expect(validateAgainstSchema(PaymentTransactionSchema, sent(entry)).problems).toEqual([]);
    }
    for (const event of processor.events) {
      expect(validateAgainstSchema(PaymentEventSchema, sent(event)).problems).toEqual([]);
    }
    expect(processor.events.map(({ type }) => type)).toEqual(['succeeded', 'refunded']);
  });
});

describe('what callers do with results', () => {
  it('changes nothing at the processor', async () => {
    const provider = new InMemoryPaymentsProvider({ processor: new InMemoryProcessor() });
    const intent = await provider.createPaymentIntent({ amount: { amount: 1000, currency: 'EUR' } });
    intent.amount.amount = 1;
    expect((await provider.getPaymentIntent(intent.id))?.amount.amount).toBe(1000);
  });
});
