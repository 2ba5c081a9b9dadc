import { AwsSecretsManagerProvider } from '@mortise/contracts-integrations/integrations/secrets/aws-secret-manager';
import { GcpSecretManagerProvider } from '@mortise/contracts-integrations/integrations/secrets/gcp-secret-manager';
import { ScalewaySecretManagerProvider } from '@mortise/contracts-integrations/integrations/secrets/scaleway-secret-manager';
import { startAwsSecretsServer } from '@mortise/secrets-aws/testing';
import { startGcpSecretServer } from '@mortise/secrets-gcp/testing';
import { startScalewaySecretServer } from '@mortise/secrets-scaleway/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const DAY_MS = 86_400_000;

describe('secrets in AWS', () => {
  const NAME = 'mistral-key';
  const REFERENCE = `aws://secretsmanager/us-east-1/${NAME}`;

  async function start() {
    const server = await startAwsSecretsServer();
    const provider = new AwsSecretsManagerProvider({ region: 'us-east-1', clientConfig: server.clientConfig });
    onTestFinished(async () => {
      await provider.close();
      await server.close();
    });
    return { server, provider };
  }

  it('are read with their version, by one request', async () => {
    const { server, provider } = await start();
    const version = server.seed(NAME, 'value');
    const secret = await provider.getSecret(REFERENCE);
    expect([text(secret.data), secret.version]).toEqual(['value', version]);
    expect(server.operations).toHaveLength(1);
    expect(provider.canHandle(REFERENCE)).toBe(true);
    expect(provider.canHandle('gcp://projects/p/secrets/s')).toBe(false);
  });

  it('are created by the second request where a write finds none', async () => {
    const { server, provider } = await start();
    const { reference, version } = await provider.setSecret(REFERENCE, { data: 'new' });
    expect(reference.startsWith('aws://secretsmanager/us-east-1/')).toBe(true);
    expect(server.operations.map(({ operation }) => operation)).toEqual(['PutSecretValue', 'CreateSecret']);
    expect((await provider.getSecret(reference)).version).toBe(version);
  });

  it('are deleted with a week in which they can be had back, unless asked for another', async () => {
    const { server, provider } = await start();
    const daysLeft = () => Math.round(((server.secret(NAME)?.deletionDueAt?.getTime() ?? 0) - Date.now()) / DAY_MS);
    server.seed(NAME, 'value');
    await provider.deleteSecret(REFERENCE);
    expect(daysLeft()).toBe(7);
    await provider.restoreSecret(REFERENCE);
    await provider.deleteSecret(REFERENCE, { recoveryWindowDays: 20 });
    expect(daysLeft()).toBe(20);
    await provider.restoreSecret(REFERENCE);
    await provider.deleteSecret(REFERENCE, { force: true });
    expect(server.secret(NAME)).toBeUndefined();
  });
});

describe('secrets in Google Cloud', () => {
  async function start() {
    const server = await startGcpSecretServer();
    const provider = new GcpSecretManagerProvider(server.providerOptions());
    onTestFinished(async () => {
      await provider.close();
      await server.close();
    });
    return { server, provider, reference: `gcp://projects/${server.project}/secrets/mistral-key` };
  }

  it('are read with their version', async () => {
    const { server, provider, reference } = await start();
    server.seed('mistral-key', 'value');
    const secret = await provider.getSecret(`${reference}/versions/latest`);
    expect([text(secret.data), secret.version]).toEqual(['value', '1']);
    expect(provider.canHandle(reference)).toBe(true);
    expect(provider.canHandle('env://KEY')).toBe(false);
  });

  it('are created once where a write finds none, and get a version more by the next', async () => {
    const { server, provider, reference } = await start();
    expect((await provider.setSecret(reference, { data: 'one' })).version).toBe('1');
    const second = await provider.setSecret(reference, { data: 'two' });
    expect(second.version).toBe('2');
    expect(text((await provider.getSecret(second.reference)).data)).toBe('two');
    expect(server.secret('mistral-key')?.versions).toHaveLength(2);
  });

  it('fail with an error of ours', async () => {
    const { provider, reference } = await start();
    expect(await rejection(provider.getSecret(reference))).toMatchObject({
      name: 'SecretProviderError',
      code: 'NOT_FOUND',
      provider: 'gcp-secret-manager',
    });
    expect(await rejection(provider.getSecret('gcp://nonsense'))).toMatchObject({ code: 'INVALID' });
  });
});

describe('secrets in Scaleway', () => {
  async function start() {
    const server = await startScalewaySecretServer();
    const provider = new ScalewaySecretManagerProvider({
      token: server.token,
      baseUrl: server.url,
      defaultRegion: 'fr-par',
      defaultProjectId: server.projectId,
    });
    onTestFinished(async () => {
      await provider.close();
      await server.close();
    });
    return { server, provider };
  }

  it('are read by their id', async () => {
    const { server, provider } = await start();
    const id = server.addSecret({ name: 'mistral-key', versions: ['one', 'two', 'three'] });
    const secret = await provider.getSecret(`scw://secret-manager/fr-par/${id}`);
    expect([text(secret.data), secret.version]).toEqual(['three', '3']);
    expect(secret.metadata).toMatchObject({ region: 'fr-par', secretId: id });
  });

  it('are created by name, read and deleted', async () => {
    const { server, provider } = await start();
    const { reference, version } = await provider.setSecret('scw://secret-manager/fr-par/new-key', { data: 'new' });
    expect(version).toBe('1');
    expect(text((await provider.getSecret(reference)).data)).toBe('new');
    await provider.deleteSecret(reference);
    expect(server.secrets.every(({ isScheduledForDeletion }) => isScheduledForDeletion)).toBe(true);
  });

  it('are out of reach without a token, which only a call finds out', async () => {
    vi.stubEnv('SCW_SECRET_KEY', '');
    vi.stubEnv('SCALEWAY_SECRET_KEY', '');
    const provider = new ScalewaySecretManagerProvider({ defaultRegion: 'fr-par' });
    const reference = 'scw://secret-manager/fr-par/11111111-1111-4111-8111-111111111111';
    expect(provider.canHandle(reference)).toBe(true);
    expect(await rejection(provider.getSecret(reference))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
