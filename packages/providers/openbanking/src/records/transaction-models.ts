import { type Static, Type } from '@mortise/core/schema';
import { closed, cursor, dayOrInstant, id, instant, label, pageSize } from '../schema/fields.ts';
import { BankTransactionRecord } from './bank-transaction-record.ts';

/** Five years: more than any bank hands over without the user being there. */
const MAX_BACKFILL_DAYS = 1827;

export const OpenBankingListTransactionsInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    accountId: id('Account'),
    connectionId: Type.Optional(id('Connection. Absent: the one that the account is read through')),
    from: Type.Optional(dayOrInstant('First day, inclusive')),
    to: Type.Optional(dayOrInstant('Last day, inclusive')),
    cursor: Type.Optional(cursor('`nextCursor` of the page before')),
    pageSize: Type.Optional(pageSize),
    includePending: Type.Optional(Type.Boolean({ description: 'Default false: pending ones are left out' })),
    direction: Type.Optional(label('`debit` or `credit`')),
    minimumAmount: Type.Optional(
      Type.Number({ minimum: 0, description: 'Least amount, inclusive, whatever direction' }),
    ),
    maximumAmount: Type.Optional(
      Type.Number({ minimum: 0, description: 'Most amount, inclusive, whatever direction' }),
    ),
    category: Type.Optional(label('Category')),
  },
  { ...closed, title: 'OpenBankingListTransactionsInput' },
);
export type OpenBankingListTransactionsInput = Static<typeof OpenBankingListTransactionsInput>;

export const OpenBankingListTransactionsOutput = Type.Object(
  {
    transactions: Type.Array(BankTransactionRecord),
    nextCursor: Type.Optional(cursor('Absent on the last page')),
    hasMore: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'OpenBankingListTransactionsOutput' },
);
export type OpenBankingListTransactionsOutput = Static<typeof OpenBankingListTransactionsOutput>;

export const OpenBankingSyncTransactionsInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    accountId: id('Account'),
    connectionId: Type.Optional(id('Connection. Absent: the one that the account is read through')),
    from: Type.Optional(dayOrInstant('First day, inclusive')),
    to: Type.Optional(dayOrInstant('Last day, inclusive')),
    includePending: Type.Optional(Type.Boolean({ description: 'Default false: pending ones are left out' })),
    backfillDays: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_BACKFILL_DAYS })),
    cursor: Type.Optional(cursor('`nextSinceToken` of the run before; goes on from there')),
  },
  { ...closed, title: 'OpenBankingSyncTransactionsInput' },
);
export type OpenBankingSyncTransactionsInput = Static<typeof OpenBankingSyncTransactionsInput>;

export const OpenBankingSyncTransactionsOutput = Type.Object(
  {
    synced: Type.Integer({ minimum: 0, description: 'Transactions that were stored' }),
    failed: Type.Integer({ minimum: 0, description: 'Transactions that could not be stored' }),
    removed: Type.Optional(Type.Integer({ minimum: 0, description: 'Transactions that the bank took back' })),
    earliestSyncedAt: Type.Optional(instant('Oldest transaction of the run')),
    latestSyncedAt: Type.Optional(instant('Newest transaction of the run')),
    nextSinceToken: Type.Optional(cursor('Where the next run goes on: its `cursor`')),
    errors: Type.Optional(Type.Array(Type.String(), { description: 'What went wrong, for people' })),
  },
  { ...closed, title: 'OpenBankingSyncTransactionsOutput' },
);
export type OpenBankingSyncTransactionsOutput = Static<typeof OpenBankingSyncTransactionsOutput>;
