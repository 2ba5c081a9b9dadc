export type {
  ParsedSecretUri,
  SecretFetchOptions,
  SecretPayloadEncoding,
  SecretProvider,
  SecretReference,
  SecretRotationResult,
  SecretValue,
  SecretWritePayload,
} from '@mortise/secrets';
export { SecretProviderError, normalizeSecretPayload, parseSecretUri } from '@mortise/secrets';
