export type { AwsSecretsServerOptions, ServedOperation } from './aws-secrets-server.ts';
export { AwsSecretsServer, startAwsSecretsServer } from './aws-secrets-server.ts';
export type { AcceptedCredentials } from './access/check-signature.ts';
export type { Revocation } from './access/permissions.ts';
export type { Quotas } from './access/throttle.ts';
export type { AnswerChange, PlannedError } from './planned-faults.ts';
export type { SecretSnapshot, SecretVersionSnapshot } from './state/secret-snapshot.ts';
export type { SecretSeed } from './state/seed-secret.ts';
