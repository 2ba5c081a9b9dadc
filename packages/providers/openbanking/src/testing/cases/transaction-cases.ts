import type { ConformanceCase } from '@mortise/testing';
import {
  ACCOUNT,
  bankWith,
  booked,
  bookedSeries,
  idsOf,
  pending,
  readAll,
  rejectsWith,
  withSubject,
} from '../case-tools.ts';
import type { BankTransactionData } from '../bank-data.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';

/** Amounts that floats get wrong, in currencies of none, two and three digits after the point. */
const EXACT: readonly (readonly [string, string])[] = [
  ['JPY', '1234567'],
  ['EUR', '0.10'],
  ['EUR', '9007199254740993.01'],
  ['KWD', '1.005'],
];

/** What the bank says, and what it means: the sign, whatever the account. */
const SIGNS: readonly (readonly [string, string, 'debit' | 'credit'])[] = [
  ['card payment', '-12.30', 'debit'],
  ['refund', '12.30', 'credit'],
  ['fee', '-0.01', 'debit'],
  ['repayment of a credit card', '500.00', 'credit'],
  ['overdraft interest', '-33.00', 'debit'],
];

/** Written with escapes, so that no editor changes them. */
const TEXTS: readonly string[] = [
  'caf\u00E9 \u{1F469}\u200D\u{1F680}',
  'cafe\u0301',
  '\u0645\u0631\u062D\u0628\u0627 \u202Eabc',
  'one\u0000two\ttab\nline',
  'x'.repeat(100_000),
];

/** Transactions in lists: amounts, days, pages. */
export const transactionCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'openbanking.1',
    title: 'amounts come as decimal text, digit by digit, in currencies of 0, 2 and 3 digits',
    run: (target) =>
      withSubject(
        target,
        bankWith(
          EXACT.map(([currency, amount], index) => ({
            ...booked(`tx-${index}`, `-${amount}`, `2026-03-0${index + 1}`),
            currency,
          })),
        ),
        async (subject) => {
          const items = await readAll(subject, { order: 'oldest-first' });
          checkEqual(
            items.map(({ currency, amountDecimal }) => [currency, amountDecimal]),
            EXACT,
            'currencies and amounts',
          );
        },
      ),
  },
  {
    id: 'openbanking.2',
    title: 'an amount is never negative, and direction says which way the money went',
    run: (target) =>
      withSubject(
        target,
        bankWith(SIGNS.map(([name, amount], index) => booked(name, amount, `2026-03-0${index + 1}`))),
        async (subject) => {
          const items = await readAll(subject, { order: 'oldest-first' });
          checkEqual(
            items.map(({ id, direction }) => [id, direction]),
            SIGNS.map(([name, , direction]) => [name, direction]),
            'directions',
          );
          for (const { id, amount } of items)
            check(amount >= 0, `${id}: expected an amount of at least 0, got ${amount}`);
        },
      ),
  },
  {
    id: 'X18',
    title:
      'texts of the bank pass through unchanged: emoji, right-to-left, combining marks, control characters, length',
    run: (target) =>
      withSubject(
        target,
        bankWith(
          TEXTS.map((description, index) => ({
            ...booked(`tx-${index}`, '-1.00', `2026-03-0${index + 1}`),
            description,
          })),
        ),
        async (subject) => {
          const items = await readAll(subject, { order: 'oldest-first' });
          checkEqual(
            items.map(({ description }) => description),
            TEXTS,
            'descriptions',
          );
        },
      ),
  },
  {
    id: 'openbanking.6',
    title: 'pending transactions come when they are asked for, and only then',
    requires: 'pending',
    run: (target) =>
      withSubject(
        target,
        bankWith([booked('tx-1', '-1.00', '2026-03-01'), pending('tx-2', '-2.00')]),
        async (subject) => {
          checkEqual(idsOf(await readAll(subject)), ['tx-1'], 'transactions without pending ones');
          const all = await readAll(subject, { includePending: true });
          checkEqual(idsOf(all).sort(), ['tx-1', 'tx-2'], 'transactions with pending ones');
          checkEqual(all.find(({ id }) => id === 'tx-2')?.status, 'pending', 'state of the pending one');
        },
      ),
  },
  {
    id: 'openbanking.7',
    title: 'days stay the days of the bank, and both ends of a range are included',
    run: (target) =>
      withSubject(
        target,
        bankWith(
          ['2026-02-28', '2026-03-01', '2026-03-29', '2026-03-30'].map((day): BankTransactionData => ({
            ...booked(day, '-1.00', day),
            valueDate: day,
          })),
        ),
        async (subject) => {
          const items = await readAll(subject, { from: '2026-03-01', to: '2026-03-29', order: 'oldest-first' });
          checkEqual(
            items.map(({ id, bookingDate, valueDate }) => [id, bookingDate, valueDate]),
            ['2026-03-01', '2026-03-29'].map((day) => [day, day, day]),
            'days',
          );
          const { provider, scope } = subject;
          const turned = { ...scope, accountId: ACCOUNT, from: '2026-03-29', to: '2026-03-01' };
          await rejectsWith(provider.listTransactions(turned), 'invalid_request', 'a range that ends before it begins');
        },
      ),
  },
  {
    id: 'openbanking.14',
    title: 'a range that begins before the history that may be read is answered with a warning',
    requires: 'history-limit',
    run: (target) =>
      withSubject(
        target,
        bankWith([booked('old', '-1.00', '2025-12-01'), booked('new', '-1.00', '2026-03-01')], {
          consent: { historyFrom: '2026-01-01' },
        }),
        async ({ provider, scope }) => {
          const params = { ...scope, accountId: ACCOUNT };
          const { transactions, warnings = [] } = await provider.listTransactions({ ...params, from: '2025-11-01' });
          checkEqual(idsOf(transactions), ['new'], 'transactions within the history');
          check(
            warnings.some(({ type, field }) => type === 'truncated' && field === 'from'),
            'expected a warning of type "truncated" on field "from", got none',
          );
          const within = await provider.listTransactions({ ...params, from: '2026-02-01' });
          checkEqual(within.warnings ?? [], [], 'warnings for a range within the history');
        },
      ),
  },
  {
    id: 'X9',
    title: 'pages neither repeat nor skip what was there at first, however much is inserted in between',
    run: (target) =>
      withSubject(target, bankWith(bookedSeries(7)), async (subject) => {
        const { bank, provider, scope } = subject;
        const items = await readAll(subject, { pageSize: 3 }, (page) => {
          bank.add(booked(`newer-${page}`, '-9.00', '2026-03-31'));
          bank.add(booked(`older-${page}`, '-9.00', '2026-01-01'));
        });
        const ids = idsOf(items);
        checkEqual(new Set(ids).size, ids.length, 'different transactions among those read');
        const missed = idsOf(bookedSeries(7)).filter((id) => !ids.includes(id));
        checkEqual(missed, [], 'transactions that were missed');
        const first = await provider.listTransactions({ ...scope, accountId: ACCOUNT, pageSize: 3 });
        checkEqual(first.transactions.length, 3, 'transactions on a page of 3');
        const cursor = first.nextCursor ?? fail('nextCursor: expected one on the first page, got none');
        for (const [what, foreign] of [
          ['a cursor that nobody gave out', { cursor: 'bm90LWEtY3Vyc29y' }],
          ['a cursor of a list with other filters', { cursor, from: '2026-03-02' }],
        ] as const) {
          const call = provider.listTransactions({ ...scope, accountId: ACCOUNT, pageSize: 3, ...foreign });
          await rejectsWith(call, 'invalid_request', what);
        }
      }),
  },
  {
    id: 'openbanking.3',
    title: 'a transaction that is booked while a list is read appears once, as pending or as booked',
    requires: 'pending',
    run: (target) =>
      withSubject(target, bankWith([...bookedSeries(4), pending('p-1', '-70.00')]), async (subject) => {
        const { bank } = subject;
        const items = await readAll(subject, { pageSize: 2, includePending: true }, (page) => {
          if (page === 1) bank.book('p-1', booked('b-1', '-70.00', '2026-03-01'));
        });
        checkEqual(idsOf(items).filter((id) => id === 'p-1' || id === 'b-1').length, 1, 'appearances of the payment');
        const later = await readAll(subject, { includePending: true });
        const found = later.filter(({ id }) => id === 'p-1' || id === 'b-1');
        checkEqual(
          found.map(({ id, pendingId, status }) => ({ id, pendingId, status })),
          [{ id: 'b-1', pendingId: 'p-1', status: 'booked' }],
          'the payment after it was booked',
        );
      }),
  },
];
