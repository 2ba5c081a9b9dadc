import type { SecretProvider, SecretReference } from '@mortise/secrets';
import { AwsSecretsManagerProvider } from '@mortise/secrets-aws';
import { type AwsSecretsServer, startAwsSecretsServer } from '@mortise/secrets-aws/testing';
import { GcpSecretManagerProvider } from '@mortise/secrets-gcp';
import { type GcpSecretServer, startGcpSecretServer } from '@mortise/secrets-gcp/testing';
import { ScalewaySecretManagerProvider } from '@mortise/secrets-scaleway';
import { errorFault, type ScalewaySecretServer, startScalewaySecretServer } from '@mortise/secrets-scaleway/testing';

/** One account of one cloud, served on loopback, and the backend that reads and writes it through the vendor's SDK. */
export interface CloudAccount {
  readonly provider: SecretProvider;
  /** The reference of a name. Two accounts of one cloud have the same. */
  reference(name: string): SecretReference;
  seed(name: string, value: string): void;
  /** What the account holds under a name; `undefined`: nothing. */
  stored(name: string): string | undefined;
  /** Requests that reached the service since the start. */
  countRequests(): number;
  /** The next request is throttled. */
  throttle(): void;
  /** Reads are refused from now on. */
  forbid(): void;
  /** The next write happens, and its answer is lost. */
  loseNextWrite(): void;
  close(): Promise<void>;
}

/** The clouds by name; each start makes an empty account. */
export const CLOUDS = {
  AWS: async (id: string) => awsAccount(await startAwsSecretsServer(), id),
  'Google Cloud': async (id: string) => gcpAccount(await startGcpSecretServer(), id),
  Scaleway: async (id: string) => scalewayAccount(await startScalewaySecretServer(), id),
} satisfies Record<string, (id: string) => Promise<CloudAccount>>;

function awsAccount(server: AwsSecretsServer, id: string): CloudAccount {
  const provider = new AwsSecretsManagerProvider({ id, clientConfig: server.clientConfig });
  return {
    provider,
    reference: (name) => `aws://secretsmanager/${name}`,
    seed: (name, value) => void server.seed(name, value),
    stored: (name) => textOf(server.secret(name)?.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.value),
    countRequests: () => server.requests.length,
    throttle: () => server.failNext({ type: 'ThrottlingException', message: 'Rate exceeded' }),
    forbid: () => void server.revoke({ action: 'secretsmanager:GetSecretValue' }),
    loseNextWrite: () => server.inject({ kind: 'reset', afterBytes: 1 }),
    close: async () => closeBoth(provider, server),
  };
}

function gcpAccount(server: GcpSecretServer, id: string): CloudAccount {
  const provider = new GcpSecretManagerProvider({ id, ...server.providerOptions() });
  return {
    provider,
    reference: (name) => `gcp://secrets/${name}`,
    seed: (name, value) => void server.seed(name, value),
    stored: (name) => textOf(server.secret(name)?.versions.at(-1)?.data),
    countRequests: () => server.requests.length,
    throttle: () => server.inject({ kind: 'status', status: 'RESOURCE_EXHAUSTED' }),
    forbid: () => server.revoke('secretmanager.versions.access'),
    loseNextWrite: () => server.inject({ kind: 'reset' }, { isApplied: true }),
    close: async () => closeBoth(provider, server),
  };
}

function scalewayAccount(server: ScalewaySecretServer, id: string): CloudAccount {
  const provider = new ScalewaySecretManagerProvider({
    id,
    token: server.token,
    baseUrl: server.url,
    defaultRegion: 'fr-par',
    defaultProjectId: server.projectId,
    env: {},
  });
  return {
    provider,
    reference: (name) => `scw://secret-manager/${name}`,
    seed: (name, value) => void server.addSecret({ name, versions: [value] }),
    stored: (name) => textOf(server.secrets.find((secret) => secret.name === name)?.versions.at(-1)?.data),
    countRequests: () => server.requests.length,
    throttle: () => server.inject(errorFault('too_many_requests', { help_message: '', reset_seconds: 3 })),
    forbid: () => void server.deny(),
    // The first request only looks for the secret.
    loseNextWrite: () => server.inject('none', { kind: 'reset', afterBytes: 1 }),
    close: async () => closeBoth(provider, server),
  };
}

async function closeBoth(provider: { close(): Promise<void> }, server: { close(): Promise<void> }): Promise<void> {
  await provider.close();
  await server.close();
}

function textOf(value: string | Uint8Array | undefined): string | undefined {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}
