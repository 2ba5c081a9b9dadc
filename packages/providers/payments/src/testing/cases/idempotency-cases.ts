import { IntegrationError } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { PaymentIntent } from '../../model/payment-intent.ts';
import type { PaymentsProvider } from '../../payments-provider.ts';
import { eur, method, newKey, pay, rejectionOf, rejectsWith, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';

/** One effect for one key, and what is known when an answer got lost. */
export const idempotencyCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = [
  {
    id: 'X10',
    title: 'the same key has one effect and the same result, in parallel too; another body under it is refused',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async ({ provider, processor }) => {
        const input = { amount: eur(1000), confirm: true, paymentMethodId: processor.methods.good };
        const options = { idempotencyKey: newKey() };
        const intents: PaymentIntent[] = await Promise.all([
          provider.createPaymentIntent(input, options),
          provider.createPaymentIntent(input, options),
        ]);
        intents.push(await provider.createPaymentIntent({ ...input }, options));
        checkEqual(new Set(intents.map(({ id }) => id)).size, 1, 'payments under one key');
        checkEqual(intents[1], intents[0], 'result of the call in parallel');
        checkEqual(intents[2], intents[0], 'result of the repeat');
        checkEqual(await chargedIn(provider), 1000, 'charged under one key');
        const other = provider.createPaymentIntent({ ...input, amount: eur(2000) }, options);
        if (provider.capabilities?.idempotency?.onMismatch === 'first-wins') {
          checkEqual((await other).amount, eur(1000), 'amount of the first call');
        } else {
          const error = await rejectsWith(other, 'invalid_request', 'another amount under the same key');
          checkEqual(error.field, 'idempotencyKey', 'field of the refusal');
        }
        checkEqual(await chargedIn(provider), 1000, 'charged after another amount came under the same key');
        await provider.createPaymentIntent(input, { idempotencyKey: newKey() });
        checkEqual(await chargedIn(provider), 2000, 'charged after a new key');
      }),
  },
  {
    id: 'payments.1',
    title: 'captures and refunds are done once for each key, however often and however much at once they come',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const held = await pay(subject, eur(1000), { captureMethod: 'manual' });
        const capture = { idempotencyKey: newKey() };
        for (let call = 0; call < 2; call += 1) await provider.capturePayment(held.id, { amount: eur(900) }, capture);
        const refund = { idempotencyKey: newKey() };
        const input = { paymentIntentId: held.id, amount: eur(100) };
        const refunds = await Promise.all(Array.from({ length: 3 }, () => provider.refundPayment(input, refund)));
        checkEqual(new Set(refunds.map(({ id }) => id)).size, 1, 'refunds under one key');
        checkEqual(await chargedIn(provider), 800, 'captured less refunded');
      }),
  },
  {
    id: 'payments.500',
    title: 'a key that led to a server error leads to what was declared: the error again, or another try',
    requires: 'idempotency',
    run: (target) =>
      withSubject(target, async ({ provider, processor }) => {
        const input = { amount: eur(1000), confirm: true, paymentMethodId: processor.methods.good };
        const options = { idempotencyKey: newKey() };
        processor.failNext();
        await rejectionOf(provider.createPaymentIntent(input, options), 'a write that the processor failed at');
        const repeat = provider.createPaymentIntent(input, options);
        if (provider.capabilities?.idempotency?.replaysErrors === true) {
          await rejectionOf(repeat, 'a repeat, where errors are declared to be given again');
          checkEqual(await chargedIn(provider), 0, 'charged');
        } else {
          await repeat;
          checkEqual(await chargedIn(provider), 1000, 'charged');
        }
      }),
  },
  {
    id: 'X12',
    title: 'a write whose answer got lost is "outcome_unknown": not to be repeated without a key, done once with it',
    run: (target) =>
      withSubject(target, async ({ provider, processor }) => {
        const input = { amount: eur(1000), confirm: true, paymentMethodId: processor.methods.good };
        processor.loseNextAnswer();
        const blind = await rejectsWith(provider.createPaymentIntent(input), 'outcome_unknown', 'a write without key');
        check(!blind.retryable, 'a write without key: expected an error that is not to be repeated');
        checkEqual(await chargedIn(provider), 1000, 'charged by the write whose answer got lost');
        if (provider.capabilities?.idempotency?.supported !== 'native') return;
        const options = { idempotencyKey: newKey() };
        processor.loseNextAnswer();
        const error = await rejectionOf(provider.createPaymentIntent(input, options), 'a write with a key');
        check(error.retryable, 'a write with a key: expected an error that may be repeated');
        const intent = await provider.createPaymentIntent(input, options);
        checkEqual(intent.status, 'succeeded', 'status after the repeat');
        checkEqual(await chargedIn(provider), 2000, 'charged by both payments');
      }),
  },
  {
    id: 'payments.2',
    title: 'a payment whose answer got lost is found by the reference of the caller',
    requires: 'listPaymentIntents',
    run: (target) =>
      withSubject(target, async ({ provider, processor }) => {
        await provider.createPaymentIntent({ amount: eur(1), reference: 'another-order' });
        processor.loseNextAnswer();
        const call = provider.createPaymentIntent({ amount: eur(1000), reference: 'order-17' });
        await call.catch((error: unknown) => {
          if (!IntegrationError.is(error)) throw error;
        });
        const { items } = await method(provider, 'listPaymentIntents').call(provider, { reference: 'order-17' });
        checkEqual(
          items.map(({ amount, reference }) => [amount.amount, reference]),
          [[1000, 'order-17']],
          'payments of the reference',
        );
      }),
  },
];

/** What all captures took, less all refunds. */
async function chargedIn(provider: PaymentsProvider): Promise<number> {
  const transactions = await provider.listTransactions();
  return transactions.reduce((sum, { amount }) => sum + amount.amount, 0);
}
