import type { DateOnly, ResultMeta } from '@mortise/core';
import type { OpenBankingAccountSummary } from './account.ts';
import type { OpenBankingBalanceType } from './balance.ts';
import type { OpenBankingTransaction } from './transaction.ts';

/** Whose data: the tenant is a wall, a connection of another tenant does not exist. */
export interface OpenBankingScope {
  readonly tenantId: string;
  readonly connectionId: string;
}

export interface OpenBankingListAccountsParams extends OpenBankingScope {
  /** User at the provider; some providers cannot list without it. */
  readonly userId?: string;
  readonly cursor?: string;
  /** Most accounts of a page; the provider may give fewer. */
  readonly pageSize?: number;
  readonly includeBalances?: boolean;
  readonly institutionId?: string;
}

export interface OpenBankingListAccountsResult extends ResultMeta {
  readonly accounts: OpenBankingAccountSummary[];
  readonly nextCursor?: string;
  readonly hasMore?: boolean;
}

export interface OpenBankingGetAccountDetailsParams extends OpenBankingScope {
  readonly accountId: string;
  readonly includeBalances?: boolean;
}

export interface OpenBankingListTransactionsParams extends OpenBankingScope {
  readonly accountId: string;
  /** First day, inclusive, in the calendar of the bank. */
  readonly from?: DateOnly;
  /** Last day, inclusive. */
  readonly to?: DateOnly;
  readonly cursor?: string;
  /** Most transactions of a page; the provider may give fewer. */
  readonly pageSize?: number;
  /** Default false: pending ones and announcements are left out. */
  readonly includePending?: boolean;
  /** Which day `from`, `to` and `order` mean. Default `booking`; a transaction without it is placed by the next best. */
  readonly dateField?: 'booking' | 'value' | 'transaction';
  /** Default `newest-first`. */
  readonly order?: 'newest-first' | 'oldest-first';
}

export interface OpenBankingListTransactionsResult extends ResultMeta {
  readonly transactions: OpenBankingTransaction[];
  readonly nextCursor?: string;
  readonly hasMore?: boolean;
}

export interface OpenBankingGetBalancesParams extends OpenBankingScope {
  readonly accountId: string;
  /** Absent: every balance. */
  readonly balanceTypes?: readonly OpenBankingBalanceType[];
}

export interface OpenBankingGetConnectionStatusParams extends OpenBankingScope {}

export interface OpenBankingSyncTransactionsParams extends OpenBankingScope {
  /** Absent: every account of the connection. */
  readonly accountId?: string;
  /** `nextCursor` of the page or run before. Absent: from the beginning. */
  readonly cursor?: string;
  readonly pageSize?: number;
}

/** What changed. A pending transaction that was booked is in `removed`, and its booked form in `added`. */
export interface OpenBankingTransactionChanges extends ResultMeta {
  readonly added: OpenBankingTransaction[];
  readonly modified: OpenBankingTransaction[];
  readonly removed: readonly { readonly id: string; readonly accountId?: string }[];
  /** Where the next call goes on, also when there is nothing more now. */
  readonly nextCursor: string;
  readonly hasMore: boolean;
}
