export type {
  BankAccountData,
  BankBalanceData,
  BankControls,
  BankData,
  BankRequest,
  BankTransactionData,
} from './bank-data.ts';
export type { OpenBankingTestRunner } from './check-open-banking-provider.ts';
export { checkOpenBankingProvider, describeOpenBankingProvider } from './check-open-banking-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  OpenBankingConformanceTarget,
  OpenBankingDelivery,
  OpenBankingSubject,
  OpenBankingSubjectSetup,
} from './conformance-target.ts';
export { InMemoryBank } from './in-memory-bank.ts';
export type { InMemoryOpenBankingProviderOptions } from './in-memory-open-banking-provider.ts';
export { InMemoryOpenBankingProvider } from './in-memory-open-banking-provider.ts';
export { inMemoryTarget } from './in-memory-target.ts';
export { openBankingConformanceCases } from './open-banking-conformance-cases.ts';
