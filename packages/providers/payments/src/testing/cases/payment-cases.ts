import type { ConformanceCase } from '@mortise/testing';
import type { PaymentFailureAdvice, PaymentFailureCode } from '../../model/payment-failure.ts';
import { eur, method, newKey, pay, rejectsWith, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';

/** Reasons of the card network, and what may help. */
const DECLINES: readonly (readonly [PaymentFailureCode, PaymentFailureAdvice])[] = [
  ['card_declined', 'new_method'],
  ['insufficient_funds', 'retry_later'],
  ['expired_card', 'new_method'],
  ['fraud_suspected', 'do_not_retry'],
];

/** The life of a payment: authorised, captured, declined, authenticated, refunded. */
export const paymentCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = [
  {
    id: 'X6',
    title: 'what was not asked for and not reported is absent: no customer, reference, failure or next action',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const intent = await provider.createPaymentIntent({ amount: eur(500) }, { idempotencyKey: newKey() });
        checkEqual(intent.status, 'requires_payment_method', 'status of a payment without a method');
        const { customerId, reference, failure, nextAction, canceledAt, captureBefore, description } = intent;
        checkEqual(
          { customerId, reference, failure, nextAction, canceledAt, captureBefore, description },
          {},
          'facts that nobody stated',
        );
        const customer = await provider.createCustomer({ email: 'payer@example.com' });
        check(customer.name === undefined, 'name of a customer without one: expected none');
      }),
  },
  {
    id: 'payments.3',
    title: 'a manual capture waits for the merchant, takes a part at most once and releases the rest',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const held = await pay(subject, eur(1000), { captureMethod: 'manual' });
        checkEqual(held.status, 'requires_capture', 'status of a payment that was authorised');
        checkEqual([held.amount.amount, held.amountReceived?.amount ?? 0], [1000, 0], 'asked and received');
        const tooMuch = provider.capturePayment(held.id, { amount: eur(1001) }, { idempotencyKey: newKey() });
        await rejectsWith(tooMuch, 'invalid_request', 'capturePayment of more than was authorised');
        const taken = await provider.capturePayment(held.id, { amount: eur(700) }, { idempotencyKey: newKey() });
        checkEqual(
          [taken.status, taken.amount.amount, taken.amountReceived?.amount, taken.amountCapturable?.amount ?? 0],
          ['succeeded', 1000, 700, 0],
          'status, asked, received and capturable after a partial capture',
        );
        const again = provider.capturePayment(held.id, {}, { idempotencyKey: newKey() });
        await rejectsWith(again, 'precondition_failed', 'a second capture');
      }),
  },
  {
    id: 'payments.cancel',
    title: 'a cancel releases what was authorised; a payment that was captured is refunded, not canceled',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const held = await pay(subject, eur(1000), { captureMethod: 'manual' });
        const canceled = await provider.cancelPaymentIntent(held.id);
        checkEqual([canceled.status, canceled.amountCapturable?.amount ?? 0], ['canceled', 0], 'a canceled payment');
        checkEqual((await provider.cancelPaymentIntent(held.id)).status, 'canceled', 'status after a second cancel');
        const capture = provider.capturePayment(held.id, {}, { idempotencyKey: newKey() });
        await rejectsWith(capture, 'precondition_failed', 'capturePayment after a cancel');
        const paid = await pay(subject, eur(1000));
        await rejectsWith(provider.cancelPaymentIntent(paid.id), 'precondition_failed', 'a cancel after the capture');
      }),
  },
  {
    id: 'payments.4',
    title: 'a card that wants authentication gives the next action, and the payment goes on once the payer did it',
    requires: 'getPaymentIntent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, processor } = subject;
        for (const succeeds of [true, false]) {
          const intent = await pay(subject, eur(1000), { paymentMethodId: processor.methods.authenticates });
          checkEqual(
            [intent.status, intent.nextAction?.type],
            ['requires_action', 'redirect'],
            'status and next action',
          );
          check(intent.nextAction?.url !== undefined, 'next action: expected an address, got none');
          processor.authenticate(intent.id, succeeds);
          const later = await method(provider, 'getPaymentIntent').call(provider, intent.id);
          checkEqual(
            [later?.status, later?.nextAction?.type, later?.failure?.code],
            succeeds
              ? ['succeeded', undefined, undefined]
              : ['requires_payment_method', undefined, 'authentication_required'],
            `status, next action and failure after ${succeeds ? 'success' : 'failure'}`,
          );
        }
      }),
  },
  {
    id: 'payments.7',
    title: 'a decline is data on the payment, with a code and an advice, and another card can pay',
    requires: 'confirmPayment',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, processor } = subject;
        for (const [code, advice] of DECLINES) {
          const intent = await pay(subject, eur(1000), { paymentMethodId: processor.methods.declined(code) });
          checkEqual(
            [intent.status, intent.failure?.code, intent.failure?.advice, intent.amountReceived?.amount ?? 0],
            ['requires_payment_method', code, advice, 0],
            `status, code, advice and received amount (${code})`,
          );
          const confirm = method(provider, 'confirmPayment');
          const input = { paymentMethodId: processor.methods.good };
          const paid = await confirm.call(provider, intent.id, input, { idempotencyKey: newKey() });
          checkEqual([paid.status, paid.failure], ['succeeded', undefined], 'status and failure with another card');
        }
      }),
  },
  {
    id: 'payments.5',
    title: 'partial refunds sum up and never exceed what was captured; nothing captured, nothing refunded',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const held = await pay(subject, eur(1000), { captureMethod: 'manual' });
        const refund = (paymentIntentId: string, amount?: number) =>
          provider.refundPayment(
            { paymentIntentId, ...(amount === undefined ? {} : { amount: eur(amount) }) },
            { idempotencyKey: newKey() },
          );
        await rejectsWith(refund(held.id), 'precondition_failed', 'refundPayment before the capture');
        await provider.capturePayment(held.id, { amount: eur(700) }, { idempotencyKey: newKey() });
        await rejectsWith(refund(held.id, 701), 'invalid_request', 'refundPayment of more than was captured');
        checkEqual((await refund(held.id, 300)).amount, eur(300), 'first refund');
        await rejectsWith(refund(held.id, 401), 'invalid_request', 'refundPayment of more than is left');
        checkEqual((await refund(held.id)).amount, eur(400), 'refund of all that is left');
        await rejectsWith(refund(held.id, 1), 'precondition_failed', 'refundPayment when nothing is left');
        const canceled = await pay(subject, eur(1000), { captureMethod: 'manual' });
        await provider.cancelPaymentIntent(canceled.id);
        await rejectsWith(refund(canceled.id, 1), 'precondition_failed', 'refundPayment of a canceled payment');
      }),
  },
];
