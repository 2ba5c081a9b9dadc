export { openbankingIntegrationSpecs } from './openbanking-integration-specs.ts';
export { powensIntegrationSpec, registerPowensIntegration } from './powens.ts';
