export type { SecretProviderManagerOptions } from './manager.ts';
export type {
  ParsedSecretUri,
  SecretFetchOptions,
  SecretPayloadEncoding,
  SecretProvider,
  SecretReference,
  SecretRotationResult,
  SecretValue,
  SecretWritePayload,
} from './provider.ts';
export { AwsSecretsManagerProvider } from './aws-secret-manager/index.ts';
export { EnvSecretProvider } from './env-secret-provider.ts';
export { GcpSecretManagerProvider } from './gcp-secret-manager/index.ts';
export { SecretProviderManager } from './manager.ts';
export { SecretProviderError, normalizeSecretPayload, parseSecretUri } from './provider.ts';
export { ScalewaySecretManagerProvider } from './scaleway-secret-manager/index.ts';
