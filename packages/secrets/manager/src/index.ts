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
