export type { AwsSecretsClient, AwsSecretsManagerProviderOptions } from './aws-secrets-manager-options.ts';
export { AwsSecretsManagerProvider } from './aws-secrets-manager-provider.ts';
export type { SecretReadOutcome } from './read/read-batch.ts';
export type { AwsErrorSummary } from './errors/aws-error-summary.ts';
export type { AwsSecretReference } from './reference/aws-secret-reference.ts';
export { formatAwsSecretReference, parseAwsSecretReference } from './reference/aws-secret-reference.ts';
