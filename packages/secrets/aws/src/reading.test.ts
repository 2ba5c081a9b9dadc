import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, text } from './__fixtures__/set-up.ts';
import { AwsSecretsManagerProvider } from './index.ts';

describe('getSecret', () => {
  it('takes one request, the first time too', async () => {
    const { server, provider, operations } = await setUp();
    server.seed(NAME, 'value');
    expect(text(await provider.getSecret(REFERENCE))).toBe('value');
    expect(operations()).toEqual(['GetSecretValue']);
    expect(server.requests).toHaveLength(0);
  });

  it('tells the concrete version, where it is from, and nothing of the value', async () => {
    const { server, provider } = await setUp({ now: () => 1_800_000_000_000 });
    const version = server.seed(NAME, 'value');
    const value = await provider.getSecret(REFERENCE);
    const stored = server.secret(NAME);
    expect({ ...value, data: undefined }).toEqual({
      version,
      metadata: {
        arn: stored?.arn,
        name: NAME,
        region: 'us-east-1',
        stages: 'AWSCURRENT',
        form: 'text',
        createdAt: stored?.versions[0]?.createdAt.toISOString(),
      },
    });
    expect(value.retrievedAt).toEqual(new Date(1_800_000_000_000));
  });

  it('reads what was stored as bytes', async () => {
    const { server, provider } = await setUp();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    server.seed(NAME, bytes);
    const value = await provider.getSecret(REFERENCE);
    expect(value.data).toEqual(bytes);
    expect(value.metadata?.['form']).toBe('binary');
  });

  it('follows a version and a stage, of the reference or of the call, and says which version it was', async () => {
    const { server, provider } = await setUp();
    const first = server.seed(NAME, 'first');
    const second = server.seed(NAME, 'second');
    const pending = server.seed(NAME, { value: 'pending', stages: ['AWSPENDING', 'blue'] });
    const read = async (query: string, version?: string): Promise<unknown> => {
      const value = await provider.getSecret(`${REFERENCE}${query}`, version === undefined ? {} : { version });
      return [text(value), value.version];
    };
    expect(await read('')).toEqual(['second', second]);
    expect(await read(`?version=${first}`)).toEqual(['first', first]);
    expect(await read('?version=AWSPREVIOUS')).toEqual(['first', first]);
    expect(await read('?version=latest')).toEqual(['second', second]);
    expect(await read('?stage=AWSPENDING')).toEqual(['pending', pending]);
    expect(await read('?stage=blue')).toEqual(['pending', pending]);
    expect(await read(`?version=${pending}&stage=blue`)).toEqual(['pending', pending]);
    expect(await read('', 'blue')).toEqual(['pending', pending]);
    expect(await read('', 'AWSPREVIOUS')).toEqual(['first', first]);
    expect(await read('', 'current')).toEqual(['second', second]);
    // The call's own wins over both.
    expect(await read(`?version=${first}&stage=AWSPREVIOUS`, pending)).toEqual(['pending', pending]);
  });

  it.each(['', 'x'.repeat(257)])('refuses the version %j', async (version) => {
    const { server, provider } = await setUp();
    expect((await refusalOf(() => provider.getSecret(REFERENCE, { version }))).code).toBe('INVALID');
    expect(server.requests).toEqual([]);
  });

  it.each([{ version: 'f'.repeat(32) }, { version: 'green' }])('finds no %j that never was', async (options) => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'value');
    expect((await refusalOf(() => provider.getSecret(REFERENCE, options))).code).toBe('NOT_FOUND');
  });

  it('refuses a version that does not have the stage beside it', async () => {
    const { server, provider } = await setUp();
    const version = server.seed(NAME, 'value');
    const error = await refusalOf(() => provider.getSecret(`${REFERENCE}?version=${version}&stage=blue`));
    expect(error.code).toBe('INVALID');
  });

  it('finds the secret by its ARN, whole or without the end, and by name in a region', async () => {
    const { server, provider } = await setUp();
    server.seed('key', 'in Frankfurt', 'eu-central-1');
    server.seed('key', 'in Virginia');
    const arn = server.secret('key', 'eu-central-1')?.arn ?? '';
    const read = async (rest: string): Promise<string> =>
      text(await provider.getSecret(`aws://secretsmanager/${rest}`));
    expect(await read('key')).toBe('in Virginia');
    expect(await read('eu-central-1/key')).toBe('in Frankfurt');
    expect(await read('key?region=eu-central-1')).toBe('in Frankfurt');
    expect(await read(arn)).toBe('in Frankfurt');
    expect(await read(arn.slice(0, -7))).toBe('in Frankfurt');
    expect(server.operations.map(({ region }) => region)).toEqual([
      'us-east-1',
      'eu-central-1',
      'eu-central-1',
      'eu-central-1',
      'eu-central-1',
    ]);
  });

  it('ignores a hint for the environment', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'value');
    expect(text(await provider.getSecret(`${REFERENCE}?env=OTHER`))).toBe('value');
  });

  it('takes its region from its option before the client’s configuration', async () => {
    const { server } = await setUp();
    const { provider } = await setUp({ region: 'eu-west-1', clientConfig: server.clientConfig });
    server.seed('key', 'in Ireland', 'eu-west-1');
    expect(text(await provider.getSecret('aws://secretsmanager/key'))).toBe('in Ireland');
  });
});

describe('clients', () => {
  it('are made once for each region', async () => {
    const { server } = await setUp();
    const asked: (string | undefined)[] = [];
    const { provider } = await setUp({
      client: (region) => {
        asked.push(region);
        return new SecretsManagerClient({ ...server.clientConfig, ...(region === undefined ? {} : { region }) });
      },
    });
    server.seed('key', 'x');
    server.seed('key', 'x', 'eu-west-1');
    for (const where of ['', '', 'eu-west-1/', 'eu-west-1/', '']) {
      await provider.getSecret(`aws://secretsmanager/${where}key`);
    }
    expect(asked).toEqual([undefined, 'eu-west-1']);
  });

  it('that were given are used, and not closed', async () => {
    const { server } = await setUp();
    const client = new SecretsManagerClient(server.clientConfig);
    const { provider } = await setUp({ client });
    server.seed('key', 'value');
    expect(text(await provider.getSecret('aws://secretsmanager/us-east-1/key'))).toBe('value');
    await provider.close();
    const { provider: another } = await setUp({ client });
    expect(text(await another.getSecret('aws://secretsmanager/key'))).toBe('value');
    client.destroy();
  });

  it('that work in another region are refused before they are asked', async () => {
    const { server } = await setUp();
    const client = new SecretsManagerClient(server.clientConfig);
    const { provider } = await setUp({ client });
    server.seed('key', 'another secret of that name');
    const error = await refusalOf(() => provider.getSecret('aws://secretsmanager/eu-west-1/key'));
    expect(error).toMatchObject({ code: 'INVALID', message: expect.stringContaining('us-east-1') });
    expect(server.requests).toEqual([]);
    client.destroy();
  });

  it('may be anything with a method send', async () => {
    const asked: unknown[] = [];
    const client = {
      send: async (command: { input: unknown }) => {
        asked.push(command.input);
        return { VersionId: 'v'.repeat(32), SecretString: 'from a stub' };
      },
    };
    const { provider } = await setUp({ client });
    expect(text(await provider.getSecret('aws://secretsmanager/eu-west-1/key'))).toBe('from a stub');
    expect(asked).toEqual([{ SecretId: 'key' }]);
  });

  it('of ours leave retrying to the caller, unless told otherwise', async () => {
    const { server, provider, operations } = await setUp();
    server.seed(NAME, 'value');
    server.failNext({ type: 'InternalServiceError', status: 500, times: 2 });
    expect((await refusalOf(() => provider.getSecret(REFERENCE))).code).toBe('UNAVAILABLE');
    expect(operations()).toHaveLength(1);
    const { provider: patient } = await setUp({ clientConfig: { ...server.clientConfig, maxAttempts: 3 } });
    expect(text(await patient.getSecret(REFERENCE))).toBe('value');
    expect(operations()).toHaveLength(2);
  });

  it.each([
    ['a region that is none', { region: 'nowhere' }],
    ['a client that cannot send', { client: {} }],
    ['an empty id', { id: '' }],
  ])('cannot be made with %s', async (_, options) => {
    // @ts-expect-error One of them is no client.
    const error = await refusalOf(() => new AwsSecretsManagerProvider(options));
    expect(error.code).toBe('INVALID');
  });
});

describe('the SDK', () => {
  it('is not loaded by the import, the constructor or canHandle, but by the first call', async () => {
    const program = `
      import { createRequire } from 'node:module';
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('client-secrets-manager'));
      const { AwsSecretsManagerProvider } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const provider = new AwsSecretsManagerProvider({ region: 'us-east-1' });
      const handles = provider.canHandle('aws://secretsmanager/key');
      const before = loaded();
      await provider.getSecret('aws://secretsmanager/key', { timeoutMs: 1 }).catch(() => {});
      await import('@aws-sdk/client-secrets-manager');
      console.log(JSON.stringify({ handles, before, after: loaded() }));
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions', '@mortise/source', '--input-type=module', '--eval', program],
      { cwd: new URL('..', import.meta.url) },
    );
    expect(JSON.parse(stdout)).toEqual({ handles: true, before: false, after: true });
  });
});
