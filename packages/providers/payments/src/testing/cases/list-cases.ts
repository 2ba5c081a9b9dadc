import type { ConformanceCase } from '@mortise/testing';
import type { PaymentInvoice } from '../../model/invoice.ts';
import { eur, newKey, readIds, rejectsWith, withSubject } from '../case-tools.ts';
import { checkEqual, fail } from '../conformance-failure.ts';
import type { PaymentsConformanceTarget } from '../conformance-target.ts';

function invoice(id: string, status: PaymentInvoice['status'], customerId?: string): PaymentInvoice {
  return { id, status, amountDue: eur(100), ...(customerId === undefined ? {} : { customerId }) };
}

/** Written with escapes, so that no editor changes them. */
const TEXTS: readonly string[] = [
  'caf\u00E9 \u{1F469}\u200D\u{1F680}',
  'cafe\u0301',
  '\u0645\u0631\u062D\u0628\u0627 \u202Eabc',
  'one\u0000two\ttab\nline',
];

/** Lists, look-ups, limits. */
export const listCases: readonly ConformanceCase<PaymentsConformanceTarget>[] = [
  {
    id: 'payments.9',
    title: 'every status of a filter is let through, not the first alone, and filters work together',
    run: (target) =>
      withSubject(
        target,
        async ({ provider }) => {
          const list = async (query: Parameters<typeof provider.listInvoices>[0]): Promise<string[]> =>
            (await provider.listInvoices(query)).map(({ id }) => id).sort();
          checkEqual(await list({ status: ['open', 'paid'] }), ['in-2', 'in-3', 'in-4'], 'open and paid invoices');
          checkEqual(await list({ status: ['open', 'paid'], customerId: 'cus-1' }), ['in-2'], 'those of a customer');
          checkEqual(await list({}), ['in-1', 'in-2', 'in-3', 'in-4'], 'all invoices');
        },
        {
          processor: {
            invoices: [
              invoice('in-1', 'draft'),
              invoice('in-2', 'paid', 'cus-1'),
              invoice('in-3', 'open', 'cus-2'),
              invoice('in-4', 'paid'),
            ],
          },
        },
      ),
  },
  {
    id: 'X9',
    title: 'pages neither repeat nor skip what was there at first, however much is inserted in between',
    run: (target) =>
      withSubject(
        target,
        async ({ provider, processor }) => {
          let added = 0;
          const ids = await readIds(
            (startingAfter) =>
              provider.listInvoices({ limit: 2, ...(startingAfter === undefined ? {} : { startingAfter }) }),
            () => {
              added += 1;
              processor.addInvoice(invoice(`newer-${added}`, 'open'));
            },
          );
          checkEqual(new Set(ids).size, ids.length, 'different invoices among those read');
          const first = ['in-1', 'in-2', 'in-3', 'in-4', 'in-5'];
          checkEqual(
            first.filter((id) => !ids.includes(id)),
            [],
            'invoices that were missed',
          );
          checkEqual((await provider.listInvoices({ limit: 2 })).length, 2, 'invoices on a page of 2');
          const foreign = provider.listInvoices({ startingAfter: 'no-such-invoice' });
          await rejectsWith(foreign, 'invalid_request', 'a page after an item that does not exist');
        },
        { processor: { invoices: [1, 2, 3, 4, 5].map((number) => invoice(`in-${number}`, 'open')) } },
      ),
  },
  {
    id: 'payments.15',
    title: 'a customer that does not exist is null, while what is done to things that do not exist is an error',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        checkEqual(await provider.getCustomer('no-such-customer'), null, 'a customer that does not exist');
        const options = { idempotencyKey: newKey() };
        const capture = provider.capturePayment('no-such-payment', {}, options);
        await rejectsWith(capture, 'not_found', 'capturePayment of a payment that does not exist');
        const payment = provider.createPaymentIntent({ amount: eur(100), customerId: 'no-such-customer' });
        await rejectsWith(payment, 'invalid_request', 'createPaymentIntent for a customer that does not exist');
      }),
  },
  {
    id: 'X18',
    title: 'texts pass through unchanged: emoji, right-to-left, combining marks, control characters',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        for (const text of TEXTS) {
          const input = { amount: eur(100), description: text, metadata: { text } };
          const intent = await provider.createPaymentIntent(input, { idempotencyKey: newKey() });
          checkEqual([intent.description, intent.metadata?.['text']], [text, text], 'description and label');
          const { id } = await provider.createCustomer({ name: text }, { idempotencyKey: newKey() });
          checkEqual((await provider.getCustomer(id))?.name, text, 'name of the customer');
        }
      }),
  },
  {
    id: 'payments.14',
    title: 'labels beyond the declared limits are refused by name, and those within them come back',
    requires: 'metadata-limits',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const limits = provider.capabilities?.metadataLimits ?? fail('metadataLimits are declared but missing');
        const { maxKeys, maxKeyLength, maxValueLength } = limits;
        const create = (metadata: Record<string, string>) =>
          provider.createPaymentIntent({ amount: eur(100), metadata }, { idempotencyKey: newKey() });
        const most = Object.fromEntries(Array.from({ length: maxKeys }, (_, index) => [`key-${index}`, 'value']));
        checkEqual((await create(most)).metadata, most, 'as many labels as there may be');
        const longest = { ['k'.repeat(maxKeyLength)]: 'v'.repeat(maxValueLength) };
        checkEqual((await create(longest)).metadata, longest, 'labels as long as they may be');
        for (const tooMuch of [
          { ...most, 'one-more': 'value' },
          { ['k'.repeat(maxKeyLength + 1)]: 'value' },
          { key: 'v'.repeat(maxValueLength + 1) },
        ]) {
          const error = await rejectsWith(create(tooMuch), 'invalid_request', 'labels beyond the limits');
          checkEqual(error.field, 'metadata', 'field of the refusal');
        }
      }),
  },
];
