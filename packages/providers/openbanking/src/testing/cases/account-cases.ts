import type { ConformanceCase } from '@mortise/testing';
import { ACCOUNT, bankWith, booked, idsOf, rejectsWith, withSubject } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';

const STATED_AT = '2026-03-31T06:00:00Z';

/** Accounts and balances: ids, absence, unknown words. */
export const accountCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'X6',
    title: 'what the bank does not say is absent: no currency, status, balance type or day is made up',
    run: (target) =>
      withSubject(
        target,
        bankWith([{ id: 'tx-1', accountId: ACCOUNT, amount: '-5.00' }], {
          accounts: [{ id: ACCOUNT, displayName: 'Account', balances: [{ amount: '10.00', statedAt: STATED_AT }] }],
        }),
        async ({ provider, scope }) => {
          const { accounts } = await provider.listAccounts({ ...scope });
          const account = accounts[0] ?? fail('listAccounts: expected one account, got none');
          checkEqual(account.currency, 'XXX', 'currency of an account without one');
          check(account.status === undefined, `status: expected none, got "${account.status}"`);
          const [balance] = await provider.getBalances({ ...scope, accountId: ACCOUNT });
          checkEqual(balance?.type, 'unknown', 'type of a balance without one');
          const { transactions } = await provider.listTransactions({
            ...scope,
            accountId: ACCOUNT,
            includePending: true,
          });
          const { status, bookingDate, valueDate, transactionDate, currency } = transactions[0] ?? {};
          checkEqual(
            { status, bookingDate, valueDate, transactionDate, currency },
            { currency: 'XXX' },
            'state, days and currency of a transaction without them',
          );
        },
      ),
  },
  {
    id: 'X7',
    title: 'the id that a list gives is accepted by every other method, and another one is not found',
    run: (target) =>
      withSubject(target, bankWith([booked('tx-1', '-1.00', '2026-03-01')]), async ({ provider, scope }) => {
        const { accounts } = await provider.listAccounts({ ...scope });
        for (const { id } of accounts) {
          checkEqual((await provider.getAccountDetails({ ...scope, accountId: id })).id, id, 'id of the details');
          const { transactions } = await provider.listTransactions({ ...scope, accountId: id });
          checkEqual(idsOf(transactions), ['tx-1'], 'transactions of the account');
          await provider.getBalances({ ...scope, accountId: id });
        }
        const other = { ...scope, accountId: 'no-such-account' };
        await rejectsWith(provider.getAccountDetails(other), 'not_found', 'getAccountDetails of another account');
        await rejectsWith(provider.listTransactions(other), 'not_found', 'listTransactions of another account');
      }),
  },
  {
    id: 'X17',
    title: 'a word that is not known becomes "unknown" with the word kept, never "active" or "booked"',
    run: (target) =>
      withSubject(
        target,
        bankWith([{ ...booked('tx-1', '-1.00', '2026-03-01'), status: 'on-the-moon' }], {
          accounts: [{ id: ACCOUNT, displayName: 'Account', currency: 'EUR', status: 'sealed-by-court' }],
        }),
        async ({ provider, scope }) => {
          const account = await provider.getAccountDetails({ ...scope, accountId: ACCOUNT });
          checkEqual([account.status, account.rawStatus], ['unknown', 'sealed-by-court'], 'state of the account');
          const { transactions } = await provider.listTransactions({ ...scope, accountId: ACCOUNT });
          const [transaction] = transactions;
          checkEqual(
            [transaction?.status, transaction?.rawStatus],
            ['unknown', 'on-the-moon'],
            'state of the transaction',
          );
        },
      ),
  },
  {
    id: 'openbanking.13',
    title: 'a balance says whether it counts the credit line, of which day it is, and keeps its sign',
    run: (target) =>
      withSubject(
        target,
        bankWith([], {
          accounts: [
            {
              id: ACCOUNT,
              displayName: 'Account',
              currency: 'EUR',
              balances: [
                {
                  type: 'current',
                  isoType: 'CLBD',
                  amount: '-120.50',
                  referenceDate: '2026-03-31',
                  statedAt: STATED_AT,
                },
                {
                  type: 'available',
                  isoType: 'ITAV',
                  amount: '879.50',
                  creditLimitIncluded: true,
                  statedAt: STATED_AT,
                },
              ],
            },
          ],
        }),
        async ({ provider, scope }) => {
          const balances = await provider.getBalances({ ...scope, accountId: ACCOUNT });
          checkEqual(
            balances.map(({ type, isoType, amountDecimal, creditLimitIncluded, referenceDate }) => ({
              type,
              isoType,
              amountDecimal,
              creditLimitIncluded,
              referenceDate,
            })),
            [
              { type: 'current', isoType: 'CLBD', amountDecimal: '-120.50', referenceDate: '2026-03-31' },
              { type: 'available', isoType: 'ITAV', amountDecimal: '879.50', creditLimitIncluded: true },
            ],
            'balances',
          );
          const available = await provider.getBalances({ ...scope, accountId: ACCOUNT, balanceTypes: ['available'] });
          checkEqual(
            available.map(({ type }) => type),
            ['available'],
            'balances of one type',
          );
        },
      ),
  },
];
