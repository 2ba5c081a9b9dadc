export { ContractsIntegrationsFeature } from './compat/contracts-integrations-feature.ts';
