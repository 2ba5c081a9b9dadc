export type {
  OpenBankingAccountBalance,
  OpenBankingAccountDetails,
  OpenBankingAccountOwnership,
  OpenBankingAccountSummary,
  OpenBankingBalanceType,
  OpenBankingConnectionStatus,
  OpenBankingGetAccountDetailsParams,
  OpenBankingGetBalancesParams,
  OpenBankingGetConnectionStatusParams,
  OpenBankingListAccountsParams,
  OpenBankingListAccountsResult,
  OpenBankingListTransactionsParams,
  OpenBankingListTransactionsResult,
  OpenBankingProvider,
  OpenBankingTransaction,
} from '@mortise/provider-openbanking';
export type {
  SeedOpenBankingAccountDetails,
  SeedOpenBankingAccountSummary,
  SeedOpenBankingProvider,
  SeedOpenBankingTransaction,
} from '@mortise/provider-openbanking';
export { seedCompat } from '@mortise/provider-openbanking';
