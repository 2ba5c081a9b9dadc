import type {
  OpenBankingAccountDetails,
  OpenBankingAccountStatus,
  OpenBankingAccountSummary,
} from './model/account.ts';
import type { OpenBankingListAccountsResult, OpenBankingListTransactionsResult } from './model/params.ts';
import type { OpenBankingTransaction, OpenBankingTransactionStatus } from './model/transaction.ts';
import type { OpenBankingProvider } from './open-banking-provider.ts';

type NarrowAccount<Account extends { status?: OpenBankingAccountStatus }> = Omit<Account, 'status'> & {
  status?: 'active' | 'inactive' | 'closed' | 'suspended';
};

export type SeedOpenBankingAccountSummary = NarrowAccount<OpenBankingAccountSummary>;
export type SeedOpenBankingAccountDetails = NarrowAccount<OpenBankingAccountDetails>;
export type SeedOpenBankingTransaction = Omit<OpenBankingTransaction, 'status'> & {
  status?: 'pending' | 'booked' | 'cancelled';
};

/** A provider whose results hold no state that the first interface did not have. */
export interface SeedOpenBankingProvider extends Pick<OpenBankingProvider, 'getBalances' | 'getConnectionStatus'> {
  listAccounts(
    ...call: Parameters<OpenBankingProvider['listAccounts']>
  ): Promise<Omit<OpenBankingListAccountsResult, 'accounts'> & { accounts: SeedOpenBankingAccountSummary[] }>;
  getAccountDetails(
    ...call: Parameters<OpenBankingProvider['getAccountDetails']>
  ): Promise<SeedOpenBankingAccountDetails>;
  listTransactions(
    ...call: Parameters<OpenBankingProvider['listTransactions']>
  ): Promise<Omit<OpenBankingListTransactionsResult, 'transactions'> & { transactions: SeedOpenBankingTransaction[] }>;
}

/**
 * For code written against the first interface, whose unions were narrower: folds what came later.
 *
 * | given | becomes |
 * | --- | --- |
 * | transaction status `rejected` | `cancelled` |
 * | transaction status `information`, `unknown` | absent |
 * | account status `unknown` | absent |
 */
export function seedCompat(provider: OpenBankingProvider): SeedOpenBankingProvider {
  return {
    listAccounts: async (...call) => {
      const { accounts, ...rest } = await provider.listAccounts(...call);
      return { ...rest, accounts: accounts.map(foldAccount) };
    },
    getAccountDetails: async (...call) => foldAccount(await provider.getAccountDetails(...call)),
    listTransactions: async (...call) => {
      const { transactions, ...rest } = await provider.listTransactions(...call);
      return { ...rest, transactions: transactions.map(foldTransaction) };
    },
    getBalances: (...call) => provider.getBalances(...call),
    getConnectionStatus: (...call) => provider.getConnectionStatus(...call),
  };
}

function foldAccount<Account extends { status?: OpenBankingAccountStatus }>({
  status,
  ...account
}: Account): NarrowAccount<Account> {
  return status === undefined || status === 'unknown' ? account : { ...account, status };
}

function foldTransaction({ status, ...transaction }: OpenBankingTransaction): SeedOpenBankingTransaction {
  const folded = status === undefined ? undefined : FOLDED[status];
  return folded === undefined ? transaction : { ...transaction, status: folded };
}

const FOLDED: Readonly<Record<OpenBankingTransactionStatus, 'pending' | 'booked' | 'cancelled' | undefined>> = {
  pending: 'pending',
  booked: 'booked',
  cancelled: 'cancelled',
  rejected: 'cancelled',
  information: undefined,
  unknown: undefined,
};
