export {
  OpenBankingGetAccount,
  OpenBankingListAccounts,
  OpenBankingSyncAccounts,
  openBankingAccountContracts,
  registerOpenBankingAccountContracts,
} from './account-contracts.ts';
export {
  OpenBankingGetBalances,
  OpenBankingRefreshBalances,
  openBankingBalanceContracts,
  registerOpenBankingBalanceContracts,
} from './balance-contracts.ts';
export { registerOpenBankingContracts } from './register.ts';
export {
  OpenBankingListTransactions,
  OpenBankingSyncTransactions,
  openBankingTransactionContracts,
  registerOpenBankingTransactionContracts,
} from './transaction-contracts.ts';
