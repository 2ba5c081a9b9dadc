import { IntegrationError, type WebhookRequest } from '@mortise/core';
import { assertNoCanary, type ConformanceCase, createCanary, findCanary } from '@mortise/testing';
import type { PaymentsMethod } from '../../model/capabilities.ts';
import type { PaymentsProvider } from '../../payments-provider.ts';
import {
  deepFreeze,
  describeError,
  eur,
  method,
  newKey,
  pay,
  rejectionOf,
  WEBHOOK_SECRET,
  withSubject,
} from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';

const PARALLEL_CALLS = 50;

/** Ids, secrets, parallel calls, deliveries and honesty: `X7`, `X8`, `X13`, `X15`, `X19`, `X20`. */
export const isolationCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = [
  {
    id: 'X7',
    title: 'the id that a create gives is accepted by every other method',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider } = subject;
        const { id: customerId } = await provider.createCustomer({ name: 'Payer' }, { idempotencyKey: newKey() });
        checkEqual((await provider.getCustomer(customerId))?.name, 'Payer', 'the customer');
        const intent = await pay(subject, eur(1000), { customerId });
        checkEqual(intent.customerId, customerId, 'customer of the payment');
        const input = { paymentIntentId: intent.id };
        const refund = await provider.refundPayment(input, { idempotencyKey: newKey() });
        checkEqual(refund.paymentIntentId, intent.id, 'payment of the refund');
        const transactions = await provider.listTransactions({ paymentIntentId: intent.id, customerId });
        checkEqual(
          transactions.map(({ type, paymentIntentId }) => [type, paymentIntentId]),
          [
            ['refund', intent.id],
            ['capture', intent.id],
          ],
          'transactions of the payment',
        );
      }),
  },
  {
    id: 'X8',
    title: 'inputs and options are read, never changed',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, processor } = subject;
        const options = deepFreeze({ idempotencyKey: newKey(), timeoutMs: 5000 });
        const amount = { amount: 1000, currency: 'eur' };
        const input = { amount, confirm: true, paymentMethodId: processor.methods.good, metadata: { a: 'b' } };
        const intent = await provider.createPaymentIntent(deepFreeze(input), options);
        checkEqual(intent.amount, eur(1000), 'amount, its currency in upper case');
        const refund = deepFreeze({ paymentIntentId: intent.id, amount: eur(1), metadata: { a: 'b' } });
        await provider.refundPayment(refund, deepFreeze({ idempotencyKey: newKey() }));
        await provider.listInvoices(deepFreeze({ status: ['open' as const] }));
      }),
  },
  {
    id: 'X13',
    title: 'the credential appears in no result and no error, and no secret of a payment in an error',
    run: (target) => {
      const credential = createCanary(undefined, 'token');
      return withSubject(
        target,
        async (subject) => {
          const { provider, processor } = subject;
          const intent = await pay(subject, eur(1000), { captureMethod: 'manual' });
          assertNoCanary(intent, credential);
          const capture = provider.capturePayment(intent.id, { amount: eur(2000) }, { idempotencyKey: newKey() });
          const error = await rejectionOf(capture, 'capturePayment of too much');
          assertNoCanary(error, credential);
          const { clientSecret = '' } = intent;
          if (clientSecret !== '') checkEqual(findCanary(error, clientSecret), [], 'client secrets in an error');
          processor.loseNextAnswer();
          const lost = await rejectionOf(provider.createPaymentIntent({ amount: eur(1) }), 'a write that got lost');
          assertNoCanary(lost, credential);
          checkEqual(processor.requests()[0]?.credential, credential, 'credential that reached the processor');
        },
        { credential },
      );
    },
  },
  {
    id: 'X15',
    title: 'calls in parallel get their own answers',
    run: (target) =>
      withSubject(target, async (subject) => {
        const amounts = Array.from({ length: PARALLEL_CALLS }, (_, index) => index + 1);
        const intents = await Promise.all(amounts.map((amount) => pay(subject, eur(amount))));
        checkEqual(
          intents.map(({ amount }) => amount.amount),
          amounts,
          'amounts of parallel payments',
        );
        checkEqual(new Set(intents.map(({ id }) => id)).size, PARALLEL_CALLS, 'different payments');
      }),
  },
  {
    id: 'X19',
    title: 'a genuine delivery passes; one that was changed, is unsigned or signed by others does not',
    requires: 'verifyWebhook',
    run: (target) =>
      withSubject(target, async ({ provider, deliver = fail('deliver is missing') }) => {
        const verify = (request: WebhookRequest): Promise<boolean> =>
          method(provider, 'verifyWebhook').call(provider, request);
        const event = { type: 'succeeded', objectId: 'pi_1' } as const;
        const genuine = await deliver(event, WEBHOOK_SECRET);
        check(await verify(genuine), 'a genuine delivery was refused');
        const parsed = await method(provider, 'parseWebhook').call(provider, {
          ...genuine,
          parsedBody: { type: 'refunded', objectId: 'pi_of_somebody_else' },
        });
        checkEqual(
          [parsed.type, parsed.objectId, parsed.at instanceof Date],
          [event.type, event.objectId, true],
          'the event, read from the bytes that were signed',
        );
        const { rawBody } = genuine;
        const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
        const forged: readonly (readonly [string, WebhookRequest])[] = [
          ['a delivery with a changed body', { ...genuine, rawBody: `${text} ` }],
          ['a delivery without a signature', { ...genuine, headers: {} }],
          ['a delivery signed with another secret', await deliver(event, 'another-secret-altogether')],
        ];
        for (const [what, request] of forged) check(!(await verify(request)), `${what} was accepted`);
      }),
  },
  {
    id: 'X20',
    title: 'a declared method works, and one declared as missing rejects with "unsupported"',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const methods = provider.capabilities?.methods ?? fail('the provider declares no methods');
        for (const [name, call] of METHODS) {
          const support = methods[name];
          if (support === undefined) continue;
          const error = await call(provider).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (support !== 'none') {
            check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
            continue;
          }
          check(
            error === ABSENT || (IntegrationError.is(error) && error.code === 'unsupported'),
            `${name} is declared "none": expected "unsupported", got ${error === undefined ? 'a result' : describeError(error)}`,
          );
        }
      }),
  },
];

/** Stands for a method that is not there at all, which says "unsupported" as clearly as a rejection. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });

const absent = (): Promise<never> => Promise.reject(ABSENT);

const METHODS: readonly (readonly [PaymentsMethod, (provider: PaymentsProvider) => Promise<unknown>])[] = [
  ['getPaymentIntent', (provider) => provider.getPaymentIntent?.('no-such-payment') ?? absent()],
  ['listPaymentIntents', (provider) => provider.listPaymentIntents?.() ?? absent()],
  ['getRefund', (provider) => provider.getRefund?.('no-such-refund') ?? absent()],
  ['listRefunds', (provider) => provider.listRefunds?.() ?? absent()],
  ['listCustomers', (provider) => provider.listCustomers?.() ?? absent()],
  ['deleteCustomer', (provider) => provider.deleteCustomer?.('no-such-customer') ?? absent()],
  ['getInvoice', (provider) => provider.getInvoice?.('no-such-invoice') ?? absent()],
  ['listInvoicesPage', (provider) => provider.listInvoicesPage?.() ?? absent()],
  ['listTransactionsPage', (provider) => provider.listTransactionsPage?.() ?? absent()],
  ['listDisputes', (provider) => provider.listDisputes?.() ?? absent()],
  ['listPayouts', (provider) => provider.listPayouts?.() ?? absent()],
  ['getBalance', (provider) => provider.getBalance?.() ?? absent()],
];
