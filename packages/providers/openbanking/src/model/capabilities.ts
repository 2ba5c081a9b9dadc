import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `OpenBankingProvider` that not every implementation has. */
export type OpenBankingMethod =
  | 'listInstitutions'
  | 'createConsent'
  | 'getConsent'
  | 'continueSca'
  | 'renewConsent'
  | 'revokeConsent'
  | 'syncTransactions'
  | 'refresh'
  | 'getAccountOwners'
  | 'listStandingOrders'
  | 'verifyWebhook'
  | 'parseWebhook';

/** What an implementation does beyond its methods. */
export type OpenBankingProviderFeature =
  /** Shows pending transactions on `includePending`. */
  | 'pending'
  /** Counts unattended calls and refuses those beyond `frequencyPerDay` without asking the bank. */
  | 'unattended-limit'
  /** Warns where `from` lies before what may be read, rather than answering with less in silence. */
  | 'history-limit';

/** What an implementation can do: plain data, known without any call. */
export interface OpenBankingCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<OpenBankingMethod, MethodSupport>>>;
  readonly features: readonly OpenBankingProviderFeature[];
}
