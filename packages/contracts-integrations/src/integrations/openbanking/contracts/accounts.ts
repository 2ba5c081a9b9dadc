export {
  OpenBankingGetAccount,
  OpenBankingListAccounts,
  OpenBankingSyncAccounts,
  openBankingAccountContracts,
  registerOpenBankingAccountContracts,
} from '@mortise/provider-openbanking/contracts';
