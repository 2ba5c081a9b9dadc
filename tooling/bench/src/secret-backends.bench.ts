import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { cacheSecrets, type SecretProvider } from '@mortise/secrets';
import { AwsSecretsManagerProvider } from '@mortise/secrets-aws';
import { startAwsSecretsServer } from '@mortise/secrets-aws/testing';
import { GcpSecretManagerProvider } from '@mortise/secrets-gcp';
import { startGcpSecretServer } from '@mortise/secrets-gcp/testing';
import { ScalewaySecretManagerProvider } from '@mortise/secrets-scaleway';
import { startScalewaySecretServer } from '@mortise/secrets-scaleway/testing';
import { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { type Benchmark, type Measurement, median } from './benchmark.ts';

const READERS = 10_000;
const ROUNDS = 301;

/** A backend over its loopback server, and the same read through the vendor's SDK alone. */
interface Subject {
  readonly name: string;
  readonly provider: SecretProvider;
  readonly reference: string;
  readonly countRequests: () => number;
  /** Absent where a call of the SDK cannot be made without what our package does around it. */
  readonly bare?: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export const benchmark: Benchmark = {
  title: 'Secrets of the clouds, over loopback',
  async run() {
    const rows: Measurement[] = [];
    for (const start of [startAws, startGcp, startScaleway]) {
      const subject = await start();
      rows.push(...(await measure(subject)));
      await subject.close();
    }
    return rows;
  },
};

async function measure({ name, provider, reference, countRequests, bare }: Subject): Promise<Measurement[]> {
  await provider.getSecret(reference);
  const before = countRequests();
  const cached = cacheSecrets(provider);
  await Promise.all(Array.from({ length: READERS }, () => cached.getSecret(reference)));
  const shared = countRequests() - before;
  await provider.getSecret(reference);
  const alone = countRequests() - before - shared;
  const rows: Measurement[] = [
    { subject: `${name}: ${READERS} readers of one cold secret`, value: shared, unit: 'requests', budget: 1 },
    { subject: `${name}: one cold read`, value: alone, unit: 'requests', budget: 1 },
  ];
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await microseconds(() => provider.getSecret(reference)));
    if (bare !== undefined) theirs.push(await microseconds(bare));
  }
  rows.push({ subject: `${name}: cold read`, value: median(ours), unit: 'µs' });
  if (bare !== undefined) rows.push({ subject: `${name}: the SDK alone`, value: median(theirs), unit: 'µs' });
  return rows;
}

async function microseconds(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return (performance.now() - from) * 1000;
}

async function startAws(): Promise<Subject> {
  const server = await startAwsSecretsServer();
  server.seed('bench', 'value');
  const provider = new AwsSecretsManagerProvider({ clientConfig: server.clientConfig });
  const client = new SecretsManagerClient(server.clientConfig);
  return {
    name: 'AWS',
    provider,
    reference: 'aws://secretsmanager/bench',
    countRequests: () => server.requests.length,
    bare: () => client.send(new GetSecretValueCommand({ SecretId: 'bench' })),
    close: async () => {
      client.destroy();
      await provider.close();
      await server.close();
    },
  };
}

async function startGcp(): Promise<Subject> {
  const server = await startGcpSecretServer();
  server.seed('bench', 'value');
  const provider = new GcpSecretManagerProvider(server.providerOptions());
  const client = new SecretManagerServiceClient(server.clientOptions());
  const name = `projects/${server.project}/secrets/bench/versions/latest`;
  return {
    name: 'Google Cloud',
    provider,
    reference: 'gcp://secrets/bench',
    countRequests: () => server.requests.length,
    bare: () => client.accessSecretVersion({ name }),
    close: async () => {
      await client.close();
      await provider.close();
      await server.close();
    },
  };
}

async function startScaleway(): Promise<Subject> {
  const server = await startScalewaySecretServer();
  server.addSecret({ name: 'bench', versions: ['value'] });
  const provider = new ScalewaySecretManagerProvider({
    token: server.token,
    baseUrl: server.url,
    defaultRegion: 'fr-par',
    defaultProjectId: server.projectId,
    env: {},
  });
  const region = `${server.url}/secret-manager/v1beta1/regions/fr-par`;
  const query = `secret_path=/&secret_name=bench&project_id=${server.projectId}`;
  const address = `${region}/secrets-by-path/versions/latest_enabled/access?${query}`;
  return {
    name: 'Scaleway',
    provider,
    reference: 'scw://secret-manager/bench',
    countRequests: () => server.requests.length,
    bare: async () => (await fetch(address, { headers: { 'X-Auth-Token': server.token } })).json(),
    close: async () => {
      await provider.close();
      await server.close();
    },
  };
}
