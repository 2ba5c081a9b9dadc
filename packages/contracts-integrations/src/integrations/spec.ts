export type {
  IntegrationByokSetup,
  IntegrationCapabilityMapping,
  IntegrationCategory,
  IntegrationConfigSchema,
  IntegrationHealthCheck,
  IntegrationMeta,
  IntegrationOwnershipMode,
  IntegrationSecretSchema,
  IntegrationSpec,
} from '@mortise/core';
export { IntegrationSpecRegistry, defineIntegration, makeIntegrationSpecKey } from '@mortise/core';
