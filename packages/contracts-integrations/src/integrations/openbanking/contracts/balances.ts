export {
  OpenBankingGetBalances,
  OpenBankingRefreshBalances,
  openBankingBalanceContracts,
  registerOpenBankingBalanceContracts,
} from '@mortise/provider-openbanking/contracts';
