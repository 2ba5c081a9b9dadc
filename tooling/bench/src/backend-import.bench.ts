import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Benchmark, type Measurement, median } from './benchmark.ts';

const ROUNDS = 15;

/** A port that nobody listens on, so that the first call fails at once and everything up to it is loaded. */
const CLOSED = 'http://127.0.0.1:9';

interface Backend {
  readonly name: string;
  readonly ours: string;
  readonly bare: string;
}

const KEYS = "{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-real-key' }";
const SCALEWAY_TOKEN = '11111111-1111-4111-8111-111111111111';

/** Each up to its first call, which needs the whole SDK. */
const BACKENDS: readonly Backend[] = [
  {
    name: 'AWS',
    ours: `const { AwsSecretsManagerProvider } = await import('@mortise/secrets-aws');
      const clientConfig = { region: 'us-east-1', endpoint: '${CLOSED}', credentials: ${KEYS} };
      await new AwsSecretsManagerProvider({ clientConfig }).getSecret('aws://secretsmanager/x').catch(() => {});`,
    bare: `const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
      const client = new SecretsManagerClient({ region: 'us-east-1', endpoint: '${CLOSED}', credentials: ${KEYS}, maxAttempts: 1 });
      await client.send(new GetSecretValueCommand({ SecretId: 'x' })).catch(() => {});`,
  },
  {
    name: 'Google Cloud',
    ours: `const { GcpSecretManagerProvider } = await import('@mortise/secrets-gcp');
      const clientOptions = { apiEndpoint: '127.0.0.1', port: 9, fallback: true, protocol: 'http', projectId: 'p', auth: await auth() };
      await new GcpSecretManagerProvider({ clientOptions }).getSecret('gcp://projects/p/secrets/x').catch(() => {});`,
    bare: `const { SecretManagerServiceClient } = await import('@google-cloud/secret-manager');
      const client = new SecretManagerServiceClient({ apiEndpoint: '127.0.0.1', port: 9, fallback: true, protocol: 'http', projectId: 'p', auth: await auth() });
      await client.accessSecretVersion({ name: 'projects/p/secrets/x/versions/latest' }, { timeout: 10_000, retry: null }).catch(() => {});`,
  },
  {
    name: 'Scaleway',
    ours: `const { ScalewaySecretManagerProvider } = await import('@mortise/secrets-scaleway');
      const options = { token: '${SCALEWAY_TOKEN}', baseUrl: '${CLOSED}', defaultRegion: 'fr-par', defaultProjectId: '${SCALEWAY_TOKEN}', env: {} };
      await new ScalewaySecretManagerProvider(options).getSecret('scw://secret-manager/x').catch(() => {});`,
    bare: `const { createClient } = await import('@scaleway/sdk-client');
      const { Secretv1beta1 } = await import('@scaleway/sdk-secret');
      const client = createClient({ accessKey: 'SCWXXXXXXXXXXXXXXXXX', secretKey: '${SCALEWAY_TOKEN}', apiURL: '${CLOSED}', defaultRegion: 'fr-par', defaultProjectId: '${SCALEWAY_TOKEN}' });
      await new Secretv1beta1.API(client).accessSecretVersionByPath({ secretPath: '/', secretName: 'x', revision: 'latest_enabled' }).catch(() => {});`,
  },
];

/** Credentials that need no lookup. Both sides pay for them alike. */
const PRELUDE = `async function auth() {
  const { OAuth2Client, GoogleAuth } = await import('google-auth-library');
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'x' });
  return new GoogleAuth({ authClient, projectId: 'p' });
}`;

export const benchmark: Benchmark = {
  title: `From a new process to the first call of a backend, ${ROUNDS} processes each`,
  async run() {
    const rows: Measurement[] = [];
    for (const { name, ours, bare } of BACKENDS) {
      const measured = { ours: [] as number[], bare: [] as number[] };
      // Taking turns spreads what else the machine does over both. The first round warms the file cache.
      for (let round = 0; round <= ROUNDS; round += 1) {
        const times = { ours: processMs(ours), bare: processMs(bare) };
        if (round === 0) continue;
        measured.ours.push(times.ours);
        measured.bare.push(times.bare);
      }
      const bareMs = median(measured.bare);
      // At most a tenth more than the SDK that it is for.
      rows.push({ subject: name, value: median(measured.ours), unit: 'ms', budget: Number((bareMs * 1.1).toFixed(1)) });
      rows.push({ subject: `${name}: its SDK alone`, value: bareMs, unit: 'ms' });
    }
    return rows;
  },
};

/** Milliseconds from the first line of a new process to the end of its first call. */
function processMs(code: string): number {
  const script = `${PRELUDE}\nconst from = performance.now();\n${code}\nconsole.log(performance.now() - from);\nprocess.exit(0);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: path.resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a process ended with ${status}: ${stderr}`);
  return Number(stdout);
}
