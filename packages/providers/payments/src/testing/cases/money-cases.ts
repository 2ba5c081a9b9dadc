import type { ConformanceCase } from '@mortise/testing';
import { eur, method, newKey, pay, rejectsWith, withSubject } from '../case-tools.ts';
import { checkEqual } from '../conformance-failure.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';

/** Currencies of none, two and three digits, and the largest amount that is exact. */
const AMOUNTS: readonly (readonly [string, number])[] = [
  ['JPY', 1999],
  ['EUR', 1999],
  ['HUF', 199_900],
  ['KWD', 1990],
  ['USD', Number.MAX_SAFE_INTEGER],
];

const NO_AMOUNTS: readonly (readonly [string, number, string])[] = [
  ['a fraction', 12.5, 'EUR'],
  ['a negative amount', -1, 'EUR'],
  ['nothing', 0, 'EUR'],
  ['NaN', Number.NaN, 'EUR'],
  ['more than is exact', Number.MAX_SAFE_INTEGER + 2, 'EUR'],
  ['a currency that is none', 100, 'EURO'],
];

/** Amounts on the wire and in the books. */
export const moneyCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = [
  {
    id: 'payments.6',
    title: 'amounts reach the processor in whole minor units of any currency, and what is no amount is refused unsent',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, processor } = subject;
        for (const [currency, amount] of AMOUNTS) {
          const intent = await pay(subject, { amount, currency });
          checkEqual(intent.amount, { amount, currency }, `amount of the payment in ${currency}`);
          checkEqual(processor.requests().at(-1)?.amount, { amount, currency }, `amount that was sent in ${currency}`);
        }
        for (const [what, amount, currency] of NO_AMOUNTS) {
          const call = provider.createPaymentIntent({ amount: { amount, currency } }, { idempotencyKey: newKey() });
          await rejectsWith(call, 'invalid_request', `createPaymentIntent of ${what}`);
        }
      }),
  },
  {
    id: 'payments.8',
    title: 'captures, refunds and payouts are among the transactions, and sum to the balance, fees included',
    requires: 'getBalance',
    run: (target) =>
      withSubject(
        target,
        async (subject) => {
          const { provider, processor } = subject;
          const paid = await pay(subject, eur(9999));
          await pay(subject, { amount: 700, currency: 'JPY' });
          const input = { paymentIntentId: paid.id, amount: eur(1999) };
          await provider.refundPayment(input, { idempotencyKey: newKey() });
          processor.payOut(eur(5000));
          const transactions = await provider.listTransactions();
          checkEqual(
            transactions.map(({ type, amount }) => [type, amount.amount, amount.currency]),
            [
              ['payout', -5000, 'EUR'],
              ['refund', -1999, 'EUR'],
              ['capture', 700, 'JPY'],
              ['capture', 9999, 'EUR'],
            ],
            'types and signed amounts, newest first',
          );
          const sums = new Map<string, number>();
          for (const { amount, net = amount } of transactions) {
            sums.set(net.currency, (sums.get(net.currency) ?? 0) + net.amount);
          }
          const { available, pending } = await method(provider, 'getBalance').call(provider);
          const balance = new Map<string, number>();
          for (const { amount, currency } of [...available, ...pending]) {
            balance.set(currency, (balance.get(currency) ?? 0) + amount);
          }
          checkEqual(Object.fromEntries(balance), Object.fromEntries(sums), 'balance, from the net amounts');
        },
        { processor: { feeBasisPoints: 290 } },
      ),
  },
];
