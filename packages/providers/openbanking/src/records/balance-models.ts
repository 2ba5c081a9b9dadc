import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, label } from '../schema/fields.ts';
import { AccountBalanceRecord } from './account-balance-record.ts';

const balanceTypes = Type.Array(label('Balance type'), { description: 'Absent: every balance' });

export const OpenBankingGetBalancesInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    accountId: id('Account'),
    connectionId: Type.Optional(id('Connection. Absent: the one that the account is read through')),
    balanceTypes: Type.Optional(balanceTypes),
  },
  { ...closed, title: 'OpenBankingGetBalancesInput' },
);
export type OpenBankingGetBalancesInput = Static<typeof OpenBankingGetBalancesInput>;

export const OpenBankingGetBalancesOutput = Type.Object(
  {
    balances: Type.Array(AccountBalanceRecord),
    asOf: Type.Optional(instant('Oldest statement among the balances')),
  },
  { ...closed, title: 'OpenBankingGetBalancesOutput' },
);
export type OpenBankingGetBalancesOutput = Static<typeof OpenBankingGetBalancesOutput>;

export const OpenBankingRefreshBalancesInput = Type.Object(
  {
    tenantId: id("Tenant; must be the caller's"),
    accountId: id('Account'),
    connectionId: Type.Optional(id('Connection. Absent: the one that the account is read through')),
    balanceTypes: Type.Optional(balanceTypes),
    forceRefresh: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'OpenBankingRefreshBalancesInput' },
);
export type OpenBankingRefreshBalancesInput = Static<typeof OpenBankingRefreshBalancesInput>;

export const OpenBankingRefreshBalancesOutput = Type.Object(
  {
    balances: Type.Array(AccountBalanceRecord),
    refreshedAt: instant('When the balances were read'),
    errors: Type.Optional(Type.Array(Type.String(), { description: 'What went wrong, for people' })),
  },
  { ...closed, title: 'OpenBankingRefreshBalancesOutput' },
);
export type OpenBankingRefreshBalancesOutput = Static<typeof OpenBankingRefreshBalancesOutput>;
