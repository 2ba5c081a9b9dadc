export {
  OpenBankingGetAccount,
  OpenBankingGetBalances,
  OpenBankingListAccounts,
  OpenBankingListTransactions,
  OpenBankingRefreshBalances,
  OpenBankingSyncAccounts,
  OpenBankingSyncTransactions,
  registerOpenBankingContracts,
} from '@mortise/provider-openbanking/contracts';
export { OpenBankingFeature } from '@mortise/provider-openbanking';
