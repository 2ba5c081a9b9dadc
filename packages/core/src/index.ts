export type {
  ApiKeyAuthConfig,
  AuthConfigOf,
  BasicAuthConfig,
  BearerAuthConfig,
  HeaderAuthConfig,
  IntegrationAuthConfig,
  IntegrationAuthType,
  OAuth2AuthConfig,
  OAuth2GrantType,
  OAuth2TokenState,
  ServiceAccountAuthConfig,
  WebhookSigningAlgorithm,
  WebhookSigningAuthConfig,
} from './auth.ts';
export { findAllAuthConfigs, findAuthConfig, isRequestAuthType, supportsAuthMethod } from './auth.ts';
export type {
  AppIntegrationBinding,
  AppIntegrationBindingScope,
  AppIntegrationSlot,
  ResolvedIntegration,
} from './app-config/binding.ts';
export type {
  ResolvedAppConfig,
  ResolvedBranding,
  ResolvedFeatureFlag,
  ResolvedRoute,
  ResolvedTranslation,
} from './app-config/resolved-app-config.ts';
export type {
  ByokKeyLifecycle,
  ByokKeyMetadata,
  ByokKeyRotationReason,
  ByokKeyRotationRequest,
  ByokKeyRotationResult,
  ByokKeyValidationResult,
} from './byok.ts';
export { DEFAULT_BYOK_VALIDATION_MAX_AGE_MS, isByokKeyUsable, isByokValidationStale } from './byok.ts';
export type { CallOptions, IntegrationWarning, ResultMeta } from './call/call-options.ts';
export type { JsonObject, JsonValue } from './call/json.ts';
export type {
  CapabilityKind,
  CapabilityMeta,
  CapabilityRef,
  CapabilityRequirement,
  CapabilitySpec,
  CapabilitySurface,
  CapabilitySurfaceRef,
  OptionalVersionedSpecRef,
  SpecKeyRef,
  VersionedSpecRef,
} from './capability.ts';
export { DEFAULT_CAPABILITY_VERSION, providesCapability, satisfiesRequirement } from './capability.ts';
export type {
  ConnectionStatus,
  IntegrationConnection,
  IntegrationConnectionHealth,
  IntegrationConnectionMeta,
  IntegrationConnectionStatus,
  IntegrationUsageMetrics,
} from './connection/connection.ts';
export type {
  CredentialValidationStrategy,
  IntegrationCredentialAlias,
  IntegrationCredentialFieldRef,
  IntegrationCredentialManifest,
  IntegrationCredentialModeManifest,
  IntegrationCredentialRotationPolicy,
} from './credentials/manifest.ts';
export type { IntegrationErrorCode, IntegrationErrorOptions } from './errors/integration-error.ts';
export { IntegrationError } from './errors/integration-error.ts';
export type { MortiseErrorOptions, RetryAdvice } from './errors/mortise-error.ts';
export { MortiseError } from './errors/mortise-error.ts';
export type { OwnerShipMeta, Owner, Stability, Tag } from './ownership.ts';
export { StabilityEnum } from './ownership.ts';
export { redactUrl } from './redaction/redact-url.ts';
export type { Redactor, RedactorOptions } from './redaction/redactor.ts';
export { createRedactor } from './redaction/redactor.ts';
export { Secret } from './redaction/secret.ts';
export { createSecretRecord } from './redaction/secret-record.ts';
export type { SchemaProblem, ValidationResult } from './schema/validation.ts';
export type { ContractFilter, RegisteredContract } from './spec/contract-registry.ts';
export { SpecContractRegistry } from './spec/contract-registry.ts';
export { DuplicateContractError } from './spec/duplicate-contract-error.ts';
export type {
  ConfigOf,
  IntegrationByokSetup,
  IntegrationCapabilityMapping,
  IntegrationCategory,
  IntegrationConfigSchema,
  IntegrationConstraints,
  IntegrationHealthCheck,
  IntegrationMeta,
  IntegrationOwnershipMode,
  IntegrationSecretSchema,
  IntegrationSpec,
  IntegrationSpecSource,
  KnownIntegrationCategory,
  SecretsOf,
} from './spec/integration-spec.ts';
export type {
  IntegrationTransportConfig,
  IntegrationTransportType,
  McpTransportConfig,
  RateLimitHeaderNames,
  RestTransportConfig,
  SdkTransportConfig,
  TransportConfigOf,
  WebhookTransportConfig,
} from './transport.ts';
export { findAllTransportConfigs, findTransportConfig, supportsTransport } from './transport.ts';
export type { ApiVersionAssessment, ApiVersionInfo, ApiVersionStatus, IntegrationVersionPolicy } from './versioning.ts';
export {
  assessApiVersion,
  getActiveVersions,
  getVersionInfo,
  isVersionDeprecated,
  resolveApiVersion,
} from './versioning.ts';
export { compareVersions, isPreReleaseVersion, isVersionText } from './spec/version-order.ts';
