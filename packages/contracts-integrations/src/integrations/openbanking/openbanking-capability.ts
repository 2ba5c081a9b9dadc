export { OpenBankingCapability } from '@mortise/provider-openbanking';
