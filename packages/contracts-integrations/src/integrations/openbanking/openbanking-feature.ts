export { OpenBankingFeature } from '@mortise/provider-openbanking';
