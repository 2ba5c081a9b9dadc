export type {
  SecretFetchOptions,
  SecretPayloadEncoding,
  SecretProvider,
  SecretReference,
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
