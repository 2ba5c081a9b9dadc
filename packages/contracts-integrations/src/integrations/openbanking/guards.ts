export type { OpenBankingGuardResult } from '@mortise/provider-openbanking';
export { assertPrimaryOpenBankingReady, ensurePrimaryOpenBankingIntegration } from '@mortise/provider-openbanking';
