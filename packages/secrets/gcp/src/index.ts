export { GcpSecretManagerProvider } from './gcp-secret-manager-provider.ts';
export type { GcpSecretManagerProviderOptions } from './gcp-secret-manager-options.ts';
export type { RetireBy } from './operations/retire-version.ts';
export type {
  GcpCallOptions,
  GcpClientOptions,
  GcpReplication,
  GcpSecretManagerClient,
} from './client/gcp-secret-manager-client.ts';
export type { GcpSecretReference } from './reference/gcp-secret-reference.ts';
export { formatGcpSecretReference, parseGcpSecretReference } from './reference/gcp-secret-reference.ts';
