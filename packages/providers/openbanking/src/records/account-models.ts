import { type Static, Type } from '@mortise/core/schema';
import { closed, cursor, id, instant, label, pageSize } from '../schema/fields.ts';
import { BankAccountRecord } from './bank-account-record.ts';

export const OpenBankingListAccountsInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    userId: id('User whose accounts are wanted'),
    connectionId: Type.Optional(id('Connection. Absent: the one bound to the slot')),
    includeBalances: Type.Optional(Type.Boolean()),
    institutionId: Type.Optional(label('Institution')),
    cursor: Type.Optional(cursor('`nextCursor` of the page before')),
    pageSize: Type.Optional(pageSize),
  },
  { ...closed, title: 'OpenBankingListAccountsInput' },
);
export type OpenBankingListAccountsInput = Static<typeof OpenBankingListAccountsInput>;

export const OpenBankingListAccountsOutput = Type.Object(
  {
    accounts: Type.Array(BankAccountRecord),
    nextCursor: Type.Optional(cursor('Absent on the last page')),
    hasMore: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'OpenBankingListAccountsOutput' },
);
export type OpenBankingListAccountsOutput = Static<typeof OpenBankingListAccountsOutput>;

export const OpenBankingGetAccountInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    accountId: id('Account'),
    connectionId: Type.Optional(id('Connection. Absent: the one that the account is read through')),
    includeBalances: Type.Optional(Type.Boolean()),
    includeLatestTransactions: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'OpenBankingGetAccountInput' },
);
export type OpenBankingGetAccountInput = Static<typeof OpenBankingGetAccountInput>;

export const OpenBankingSyncAccountsInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    userId: Type.Optional(id('User whose accounts are read')),
    connectionId: id('Connection'),
    accountIds: Type.Optional(Type.Array(id('Account'), { description: 'Absent: all accounts' })),
    forceFullRefresh: Type.Optional(Type.Boolean()),
    triggerWorkflows: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'OpenBankingSyncAccountsInput' },
);
export type OpenBankingSyncAccountsInput = Static<typeof OpenBankingSyncAccountsInput>;

export const OpenBankingSyncAccountsOutput = Type.Object(
  {
    synced: Type.Integer({ minimum: 0, description: 'Accounts that were stored' }),
    failed: Type.Integer({ minimum: 0, description: 'Accounts that could not be read or stored' }),
    errors: Type.Optional(Type.Array(Type.String(), { description: 'What went wrong, for people' })),
    failures: Type.Optional(
      Type.Array(
        Type.Object(
          { accountId: Type.Optional(id('Account')), code: label('Error code'), message: Type.Optional(Type.String()) },
          closed,
        ),
        { description: 'What went wrong, account by account' },
      ),
    ),
    nextSyncSuggestedAt: Type.Optional(instant('From when another run makes sense')),
  },
  { ...closed, title: 'OpenBankingSyncAccountsOutput' },
);
export type OpenBankingSyncAccountsOutput = Static<typeof OpenBankingSyncAccountsOutput>;
