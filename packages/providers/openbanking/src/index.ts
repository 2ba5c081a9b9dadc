export type {
  OpenBankingAccountDetails,
  OpenBankingAccountOwnership,
  OpenBankingAccountStatus,
  OpenBankingAccountSummary,
} from './model/account.ts';
export { OpenBankingAccountDetailsSchema, OpenBankingAccountSummarySchema } from './model/account.ts';
export type { OpenBankingAccountBalance, OpenBankingBalanceType, OpenBankingIsoBalanceType } from './model/balance.ts';
export { OpenBankingAccountBalanceSchema } from './model/balance.ts';
export type { OpenBankingCallOptions, OpenBankingPsuContext } from './model/call-options.ts';
export type { OpenBankingCapabilities, OpenBankingMethod, OpenBankingProviderFeature } from './model/capabilities.ts';
export type {
  OpenBankingConnectionStatus,
  OpenBankingRequiredAction,
  OpenBankingRequiredActionKind,
} from './model/connection-status.ts';
export { OpenBankingConnectionStatusSchema, OpenBankingRequiredActionSchema } from './model/connection-status.ts';
export type {
  OpenBankingConsent,
  OpenBankingConsentParams,
  OpenBankingConsentStatus,
  OpenBankingContinueScaInput,
  OpenBankingCreateConsentInput,
  OpenBankingScaApproach,
  OpenBankingScaStatus,
} from './model/consent.ts';
export { OpenBankingConsentSchema } from './model/consent.ts';
export type { OpenBankingEvent, OpenBankingEventType } from './model/event.ts';
export { isIban, maskIban, normalizeIban } from './model/iban.ts';
export type { OpenBankingInstitution, OpenBankingListInstitutionsParams } from './model/institution.ts';
export { OpenBankingInstitutionSchema } from './model/institution.ts';
export type {
  OpenBankingGetAccountDetailsParams,
  OpenBankingGetBalancesParams,
  OpenBankingGetConnectionStatusParams,
  OpenBankingListAccountsParams,
  OpenBankingListAccountsResult,
  OpenBankingListTransactionsParams,
  OpenBankingListTransactionsResult,
  OpenBankingScope,
  OpenBankingSyncTransactionsParams,
  OpenBankingTransactionChanges,
} from './model/params.ts';
export type { OpenBankingMerchant, OpenBankingParty } from './model/party.ts';
export type { OpenBankingStandingOrder } from './model/standing-order.ts';
export { OpenBankingStandingOrderSchema } from './model/standing-order.ts';
export { toDateOnly } from './model/to-date-only.ts';
export type { OpenBankingSignRule } from './model/transaction-amount.ts';
export { signedAmountOf, toTransactionAmount } from './model/transaction-amount.ts';
export type {
  OpenBankingTransaction,
  OpenBankingTransactionDirection,
  OpenBankingTransactionStatus,
} from './model/transaction.ts';
export { OpenBankingTransactionSchema } from './model/transaction.ts';

export type { CollectedTransactionChanges, CollectTransactionChangesOptions } from './collect-transaction-changes.ts';
export { collectTransactionChanges } from './collect-transaction-changes.ts';
export type { CompleteOpenBankingProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { OpenBankingConsentVocabulary } from './consent/consent-status-table.ts';
export { consentStatusFrom } from './consent/consent-status-table.ts';
export { effectiveConsentStatus, requiredActionFor } from './consent/required-action.ts';
export type { ConsentRequiredErrorOptions } from './errors/consent-required-error.ts';
export { ConsentRequiredError } from './errors/consent-required-error.ts';
export { iterateTransactions } from './iterate-transactions.ts';
export type { OpenBankingProvider } from './open-banking-provider.ts';
export type {
  SeedOpenBankingAccountDetails,
  SeedOpenBankingAccountSummary,
  SeedOpenBankingProvider,
  SeedOpenBankingTransaction,
} from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export { AccountBalanceRecord } from './records/account-balance-record.ts';
export {
  OpenBankingGetAccountInput,
  OpenBankingListAccountsInput,
  OpenBankingListAccountsOutput,
  OpenBankingSyncAccountsInput,
  OpenBankingSyncAccountsOutput,
} from './records/account-models.ts';
export {
  OpenBankingGetBalancesInput,
  OpenBankingGetBalancesOutput,
  OpenBankingRefreshBalancesInput,
  OpenBankingRefreshBalancesOutput,
} from './records/balance-models.ts';
export { BankAccountRecord } from './records/bank-account-record.ts';
export { BankTransactionRecord } from './records/bank-transaction-record.ts';
export { toAccountBalanceRecord } from './records/to-account-balance-record.ts';
export type { BankAccountRecordFacts } from './records/to-bank-account-record.ts';
export { toBankAccountRecord } from './records/to-bank-account-record.ts';
export type { BankTransactionRecordFacts } from './records/to-bank-transaction-record.ts';
export { toBankTransactionRecord } from './records/to-bank-transaction-record.ts';
export {
  OpenBankingListTransactionsInput,
  OpenBankingListTransactionsOutput,
  OpenBankingSyncTransactionsInput,
  OpenBankingSyncTransactionsOutput,
} from './records/transaction-models.ts';

export type { OpenBankingGuardCode } from './guards/guard-error.ts';
export { OpenBankingGuardError } from './guards/guard-error.ts';
export type {
  OpenBankingGuardConfig,
  OpenBankingGuardOptions,
  OpenBankingGuardResult,
} from './guards/open-banking-guards.ts';
export {
  assertPrimaryOpenBankingReady,
  ensurePrimaryOpenBankingIntegration,
  PRIMARY_OPENBANKING_SLOT,
} from './guards/open-banking-guards.ts';
export { OpenBankingCapability } from './open-banking-capability.ts';
export { OpenBankingFeature } from './open-banking-feature.ts';
export type { OpenBankingTelemetryEvent } from './telemetry/events.ts';
export { OPENBANKING_TELEMETRY_EVENTS } from './telemetry/events.ts';
export { OPENBANKING_PII_FIELDS } from './telemetry/pii-fields.ts';
export type { RedactedOpenBankingPayload } from './telemetry/redact-payload.ts';
export { redactOpenBankingTelemetryPayload } from './telemetry/redact-payload.ts';
