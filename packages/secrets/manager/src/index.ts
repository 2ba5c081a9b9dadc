export type {
  SecretDeleteOptions,
  SecretFetchOptions,
  SecretPayloadEncoding,
  SecretProvider,
  SecretReader,
  SecretReference,
  SecretRotateOptions,
  SecretRotationResult,
  SecretValue,
  SecretWriteOptions,
  SecretWritePayload,
} from './secret-provider.ts';
export type { SecretProviderErrorCode, SecretProviderErrorOptions } from './secret-provider-error.ts';
export { SecretProviderError } from './secret-provider-error.ts';
export { describeSecretReference } from './reference/describe-secret-reference.ts';
export { formatSecretUri } from './reference/format-secret-uri.ts';
export { parseSecretUri } from './reference/parse-secret-uri.ts';
export type { ParsedSecretUri } from './reference/parsed-secret-uri.ts';
export { MAX_SECRET_REFERENCE_LENGTH } from './reference/parsed-secret-uri.ts';
export { secretReferenceScheme } from './reference/secret-reference-scheme.ts';
export type { SecretPayloadContext } from './payload/normalize-secret-payload.ts';
export { normalizeSecretPayload } from './payload/normalize-secret-payload.ts';
export type { SecretValueParts } from './value/create-secret-value.ts';
export { copySecretValue, createSecretValue } from './value/create-secret-value.ts';
export type { RegisterSecretProviderOptions, SecretProviderRegistration } from './manager/backend-list.ts';
export type { AllowSecretAccess, SecretManagerAccess } from './manager/secret-manager-access.ts';
export type { SecretProviderManagerOptions } from './manager/secret-provider-manager.ts';
export { SecretProviderManager } from './manager/secret-provider-manager.ts';
export type {
  SecretProviderAttempt,
  SecretProviderManagerErrorOptions,
} from './manager/secret-provider-manager-error.ts';
export { SecretProviderManagerError } from './manager/secret-provider-manager-error.ts';
export type { SecretAccessPolicy, SecretAccessRule } from './policy/restrict-secrets.ts';
export { restrictSecrets } from './policy/restrict-secrets.ts';
export type { SecretOperation } from './policy/secret-operation.ts';
export type { CacheSecretsOptions } from './cache/cache-secrets-options.ts';
export { cacheSecrets, CachingSecretProvider } from './cache/caching-secret-provider.ts';
