export type {
  CredentialValidationStrategy,
  IntegrationCredentialAlias,
  IntegrationCredentialFieldRef,
  IntegrationCredentialManifest,
  IntegrationCredentialModeManifest,
  IntegrationCredentialRotationPolicy,
} from '@mortise/core';
export {
  buildLegacyCredentialManifest,
  getIntegrationCredentialManifest,
  getIntegrationCredentialRequirements,
  integrationHasCredentialCoverage,
} from '@mortise/core';
