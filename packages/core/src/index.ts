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
  OAuth2RefreshPolicy,
  OAuth2TokenResponseQuirks,
  OAuth2TokenState,
  PathTokenAuthConfig,
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
  ByokKeyCall,
  ByokKeyLifecycle,
  ByokKeyMetadata,
  ByokKeyRevocationRequest,
  ByokKeyRotationReason,
  ByokKeyRotationRequest,
  ByokKeyRotationResult,
  ByokKeyValidationOutcome,
  ByokKeyValidationResult,
} from './byok.ts';
export { DEFAULT_BYOK_VALIDATION_MAX_AGE_MS, isByokKeyUsable, isByokValidationStale } from './byok.ts';
export type {
  ErrorContract,
  IdempotencyContract,
  PaginationContract,
  RateLimitReading,
  ResetFormat,
  RetryAfterReading,
} from './contract/http-contract.ts';
export type {
  BodyMatch,
  ComparableJson,
  HeaderMatch,
  ResponseMatch,
  ResponseMeaning,
  ResponseRule,
  ResponseValue,
} from './contract/response-match.ts';
export type {
  BasicVerification,
  JwtVerification,
  NoVerification,
  SignatureVerification,
  TokenVerification,
  WebhookContract,
  WebhookHandshake,
  WebhookKeySource,
  WebhookSignatureAlgorithm,
  WebhookSignaturePlace,
  WebhookTimestamp,
  WebhookValue,
  WebhookVerification,
} from './contract/webhook-contract.ts';
export type { BatchEntry, BatchResult } from './call/batch-result.ts';
export type { CallOptions, IntegrationWarning, ResultMeta } from './call/call-options.ts';
export type { CapabilityDescription, MethodSupport, WithMethod } from './call/capability-description.ts';
export { supports } from './call/capability-description.ts';
export type { HeadersLike } from './call/headers-like.ts';
export type { IdempotencyInfo } from './call/idempotency-info.ts';
export type { JsonObject, JsonValue } from './call/json.ts';
export type { Operation, OperationStatus, ResumableOperations } from './call/operation.ts';
export type { Changes, FetchPage, IterateOptions, Page, PagedItems } from './call/page.ts';
export { iterate } from './call/page.ts';
export { MAX_RETRY_AFTER_MS, parseRetryAfter, retryAfterMsFromHeaders } from './call/retry-after.ts';
export type { Sleep } from './call/sleep.ts';
export { sleep } from './call/sleep.ts';
export type { WaitForOperationOptions } from './call/wait-for-operation.ts';
export { waitForOperation } from './call/wait-for-operation.ts';
export type { WebhookProvider, WebhookRequest } from './call/webhook-provider.ts';
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
export { validateConnection, validateSecret } from './connection/validate-connection.ts';
export type { CredentialCoverage, CredentialModeCoverage } from './credentials/assess-coverage.ts';
export { assessCredentialCoverage } from './credentials/assess-coverage.ts';
export {
  getIntegrationCredentialManifest,
  getIntegrationCredentialRequirements,
  integrationHasCredentialCoverage,
  withLegacyDefaults,
} from './credentials/credential-manifest.ts';
export { buildLegacyCredentialManifest } from './credentials/legacy-manifest.ts';
export type {
  CredentialValidationStrategy,
  IntegrationCredentialAlias,
  IntegrationCredentialFieldRef,
  IntegrationCredentialManifest,
  IntegrationCredentialModeManifest,
  IntegrationCredentialRotationPolicy,
} from './credentials/manifest.ts';
export type { HttpStatusClass } from './errors/classify-http-status.ts';
export { classifyHttpStatus } from './errors/classify-http-status.ts';
export type {
  IntegrationErrorCode,
  IntegrationErrorFacts,
  IntegrationErrorOptions,
} from './errors/integration-error.ts';
export { IntegrationError } from './errors/integration-error.ts';
export type { MortiseErrorOptions, RetryAdvice } from './errors/mortise-error.ts';
export { MortiseError } from './errors/mortise-error.ts';
export type {
  MissingCredentialField,
  ResolveCredentialEnvOptions,
  ResolvedCredentialEnv,
} from './credentials/resolve-env-aliases.ts';
export { resolveCredentialEnvAliases } from './credentials/resolve-env-aliases.ts';
export type { CredentialValues } from './credentials/validate-credentials.ts';
export { validateCredentials } from './credentials/validate-credentials.ts';
export type { FeatureModuleSpec, FeaturePresentationLink, FeaturePresentationTargets } from './feature.ts';
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
export { defineIntegration } from './spec/define-integration.ts';
export type { ShippedSpecInput } from './spec/define-shipped-integration.ts';
export { defineShippedIntegration } from './spec/define-shipped-integration.ts';
export { DuplicateContractError } from './spec/duplicate-contract-error.ts';
export { filterByAuthMethod, filterByokRotatable, filterByTransport, filterVersioned } from './spec/filter-specs.ts';
export { IntegrationSpecError } from './spec/integration-spec-error.ts';
export type {
  CapabilityRefInput,
  ConfigFromSchema,
  IntegrationCapabilityMappingInput,
  IntegrationMetaInput,
  IntegrationSpecInput,
  SecretsFromSchema,
} from './spec/integration-spec-input.ts';
export { IntegrationSpecRegistry, makeIntegrationSpecKey } from './spec/integration-spec-registry.ts';
export type {
  ConfigOf,
  HealthRequest,
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
export { validateIntegrationSpec } from './spec/validate-integration-spec.ts';
export { compareVersions, isPreReleaseVersion, isVersionText } from './spec/version-order.ts';
export { CalendarError } from './values/calendar-error.ts';
export type { CalendarDay, DateOnly } from './values/date-only.ts';
export { isDateOnly, parseDateOnly } from './values/date-only.ts';
export type { DecimalString } from './values/decimal.ts';
export {
  addDecimals,
  compareDecimals,
  decimalFromMinorUnits,
  decimalFromNumber,
  formatDecimal,
  isDecimalString,
  minorUnitsFromDecimal,
  negateDecimal,
  parseDecimal,
} from './values/decimal.ts';
export { DecimalError } from './values/decimal-error.ts';
export type { FileContent, FileInput } from './values/file-input.ts';
export type { Offset, ZoneId } from './values/time-zone.ts';
export { isOffset, isZoneId, offsetMinutes } from './values/time-zone.ts';
