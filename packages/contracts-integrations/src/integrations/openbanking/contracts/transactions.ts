export {
  OpenBankingListTransactions,
  OpenBankingSyncTransactions,
  openBankingTransactionContracts,
  registerOpenBankingTransactionContracts,
} from '@mortise/provider-openbanking/contracts';
