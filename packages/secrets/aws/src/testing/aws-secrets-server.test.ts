import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TestingError } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { rawCall, startServer } from '../__fixtures__/raw-call.ts';
import { AwsSecretsServer, type SecretSeed, startAwsSecretsServer } from './index.ts';

const MINUTE_MS = 60_000;

async function read(server: AwsSecretsServer, name = 'key'): Promise<unknown> {
  const { json } = await rawCall(server, 'GetSecretValue', { SecretId: name });
  return json['SecretString'] ?? json['__type'];
}

describe('signatures', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['no signature', { authorization: undefined }, 'MissingAuthenticationTokenException'],
    ['a signature of another kind', { authorization: 'Bearer x' }, 'IncompleteSignatureException'],
    ['no time', { 'x-amz-date': undefined }, 'IncompleteSignatureException'],
    ['a time that is none', { 'x-amz-date': `${today()}TnowZ` }, 'InvalidSignatureException'],
    ['the time of another day', { 'x-amz-date': '20200101T000000Z' }, 'InvalidSignatureException'],
  ])('refuses %s', async (_, headers, type) => {
    const server = await startServer();
    const { status, json } = await rawCall(server, 'ListSecrets', {}, { headers });
    expect([status, json['__type']]).toEqual([400, type]);
    expect(server.operations).toEqual([]);
  });

  it('refuses one for another service, and one that leaves the target out', async () => {
    const server = await startServer();
    const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const sign = (service: string, signed: string): Record<string, string> => ({
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA/${time.slice(0, 8)}/us-east-1/${service}/aws4_request, SignedHeaders=${signed}, Signature=${'0'.repeat(64)}`,
    });
    const other = await rawCall(server, 'ListSecrets', {}, { headers: sign('ssm', 'host;x-amz-date;x-amz-target') });
    expect(other.json['__type']).toBe('InvalidSignatureException');
    const partial = await rawCall(server, 'ListSecrets', {}, { headers: sign('secretsmanager', 'host;x-amz-date') });
    expect(partial.json['__type']).toBe('IncompleteSignatureException');
  });

  it('refuses the time of a clock that is more than five minutes off, and tells its own', async () => {
    const server = await startServer();
    server.seed('key', 'value');
    for (const [minutes, message] of [
      [6, 'Signature expired'],
      [-6, 'Signature not yet current'],
    ] as const) {
      server.setClockSkew(minutes * MINUTE_MS);
      const { json, headers } = await rawCall(server, 'GetSecretValue', { SecretId: 'key' });
      expect(json).toEqual({ __type: 'InvalidSignatureException', Message: expect.stringContaining(message) });
      const toldMs = Date.parse(headers.get('date') ?? '');
      expect(Math.round((toldMs - Date.now()) / MINUTE_MS)).toBe(minutes);
    }
    server.setClockSkew(4 * MINUTE_MS);
    expect(await read(server)).toBe('value');
  });

  it('verifies them where it knows the credentials, as the SDK makes them', async () => {
    const known = { accessKeyId: 'AKIAKNOWN', secretAccessKey: 'a secret key', sessionToken: 'a token' };
    const expired = { accessKeyId: 'AKIAOLD', secretAccessKey: 'old', expiresAt: new Date(0) };
    const server = await startServer({ credentials: [known, expired] });
    server.seed('key', 'välue with ünicode');
    const nameOf = async (credentials: { accessKeyId: string; secretAccessKey: string }): Promise<unknown> => {
      const client = new SecretsManagerClient({ ...server.clientConfig, credentials, maxAttempts: 1 });
      try {
        return (await client.send(new GetSecretValueCommand({ SecretId: 'key' }))).SecretString;
      } catch (error) {
        return error instanceof Error ? error.name : error;
      } finally {
        client.destroy();
      }
    };
    expect(await nameOf(known)).toBe('välue with ünicode');
    expect(await nameOf({ ...known, secretAccessKey: 'another' })).toBe('InvalidSignatureException');
    expect(await nameOf({ ...known, accessKeyId: 'AKIAOTHER' })).toBe('UnrecognizedClientException');
    expect(await nameOf({ accessKeyId: known.accessKeyId, secretAccessKey: known.secretAccessKey })).toBe(
      'UnrecognizedClientException',
    );
    expect(await nameOf(expired)).toBe('ExpiredTokenException');
    // Its own client configuration has the first of them.
    const client = new SecretsManagerClient(server.clientConfig);
    expect((await client.send(new GetSecretValueCommand({ SecretId: 'key' }))).Name).toBe('key');
    client.destroy();
  });
});

describe('permissions', () => {
  it('are revoked by action and secret, after some calls, and granted again', async () => {
    const server = await startServer();
    server.seed('key', 'value');
    server.seed('other', 'value');
    const grant = server.revoke({ action: 'secretsmanager:GetSecretValue', secret: 'key', afterCalls: 1 });
    expect([await read(server), await read(server), await read(server, 'other')]).toEqual([
      'value',
      'AccessDeniedException',
      'value',
    ]);
    // Under its ARN it is the same secret.
    expect(await read(server, server.secret('key')?.arn)).toBe('AccessDeniedException');
    expect((await rawCall(server, 'DescribeSecret', { SecretId: 'key' })).status).toBe(200);
    grant();
    grant();
    expect(await read(server)).toBe('value');
  });

  it('for the key are asked for where a value is read or written', async () => {
    const server = await startServer();
    server.seed('key', 'value');
    server.revoke({ action: 'kms:Decrypt' });
    server.revoke({ action: 'kms:GenerateDataKey' });
    expect(await read(server)).toBe('AccessDeniedException');
    const { json } = await rawCall(server, 'PutSecretValue', { SecretId: 'key', SecretString: 'x' });
    expect(json).toEqual({ __type: 'AccessDeniedException', Message: 'Access to KMS is not allowed' });
    expect((await rawCall(server, 'TagResource', { SecretId: 'key', Tags: [] })).status).toBe(200);
    expect(server.secret('key')?.versions).toHaveLength(1);
  });
});

describe('what goes wrong on purpose', () => {
  it('throttles an operation beyond its quota, by the second of its own clock', async () => {
    const server = await startServer({ quotas: { GetSecretValue: 2 } });
    server.seed('key', 'value');
    const rest = 1000 - (Date.now() % 1000);
    server.advance(rest);
    const answers = [await read(server), await read(server), await read(server)];
    expect(answers).toEqual(['value', 'value', 'ThrottlingException']);
    server.advance(1000);
    expect(await read(server)).toBe('value');
    expect((await rawCall(server, 'ListSecrets', {})).status).toBe(200);
  });

  it('fails as planned: which operation, after how many calls, how often, with which headers', async () => {
    const server = await startServer();
    server.seed('key', 'value');
    server.failNext({
      type: 'InternalServiceError',
      operation: 'GetSecretValue',
      afterCalls: 1,
      times: 2,
      status: 500,
      headers: { 'retry-after': '3' },
      message: 'Sorry',
    });
    expect((await rawCall(server, 'ListSecrets', {})).status).toBe(200);
    expect(await read(server)).toBe('value');
    const failed = await rawCall(server, 'GetSecretValue', { SecretId: 'key' });
    expect(failed).toMatchObject({ status: 500, json: { __type: 'InternalServiceError', Message: 'Sorry' } });
    expect(failed.headers.get('retry-after')).toBe('3');
    expect([await read(server), await read(server)]).toEqual(['InternalServiceError', 'value']);
  });

  it('changes one answer, of any operation or of one', async () => {
    const server = await startServer();
    server.seed('key', 'value');
    server.tamperNext((answer) => ({ ...answer, SecretString: 'changed' }), 'GetSecretValue');
    expect((await rawCall(server, 'ListSecrets', {})).json['SecretString']).toBeUndefined();
    expect([await read(server), await read(server)]).toEqual(['changed', 'value']);
    server.tamperNext(() => '{"SecretString":"as it is"}');
    expect(await read(server)).toBe('as it is');
  });

  it('serves a request whose answer is lost on the way', async () => {
    const server = await startServer();
    server.inject({ kind: 'reset', afterBytes: 0 });
    await expect(rawCall(server, 'CreateSecret', { Name: 'key', SecretString: 'x' })).rejects.toThrow(TypeError);
    expect(server.secret('key')).toBeDefined();
  });
});

describe('the server', () => {
  it('says loudly when it breaks the service model itself', async () => {
    const server = await startAwsSecretsServer();
    // @ts-expect-error A description that is no text.
    server.seed('key', { value: 'x', description: 7 });
    const { status, json } = await rawCall(server, 'DescribeSecret', { SecretId: 'key' });
    expect([status, json['__type']]).toEqual([500, 'InternalFailure']);
    await expect(server.close()).rejects.toSatisfy(
      (error) => TestingError.is(error) && error.message.includes('output.Description'),
    );
    await server.close();
  });

  it('tells which operations it served, and where', async () => {
    const server = await startServer();
    await rawCall(server, 'ListSecrets', {}, { region: 'eu-west-1' });
    expect(server.operations).toEqual([{ operation: 'ListSecrets', region: 'eu-west-1' }]);
    expect(server.requests).toHaveLength(1);
    server.clearRequests();
    expect([server.operations, server.requests]).toEqual([[], []]);
  });

  it('hands out copies of what it stores', async () => {
    const server = await startServer();
    server.seed('key', Uint8Array.of(1, 2));
    const value = server.secret('key')?.versions[0]?.value;
    if (value instanceof Uint8Array) value.fill(9);
    expect(server.secret('key')?.versions[0]?.value).toEqual(Uint8Array.of(1, 2));
    expect(server.secret('absent')).toBeUndefined();
  });

  it('stores a seed as it is told, and a later one as a new version', async () => {
    const server = await startServer();
    const [first, second] = ['1'.repeat(32), '2'.repeat(32)];
    const seed = { value: 'x', version: first, tags: { team: 'a' }, description: 'text', kmsKeyId: 'alias/k' };
    expect(server.seed('key', seed)).toBe(first);
    expect(server.seed('key', { value: Uint8Array.of(7), version: second, stages: ['blue'] })).toBe(second);
    expect(server.secret('key')).toMatchObject({
      tags: { team: 'a' },
      description: 'text',
      kmsKeyId: 'alias/k',
      versions: [
        { id: first, value: 'x', stages: ['AWSCURRENT'] },
        { id: second, value: Uint8Array.of(7), stages: ['blue'] },
      ],
    });
    expect(server.requests).toEqual([]);
  });

  it.each<[string, string, SecretSeed]>([
    ['a name that no secret has', 'a b', { value: 'x' }],
    ['an empty value', 'key', { value: '' }],
    ['a value that is too large', 'key', { value: new Uint8Array(65_537) }],
    ['a version whose id is too short', 'key', { value: 'x', version: '1' }],
    ['a tag that AWS keeps for itself', 'key', { value: 'x', tags: { 'aws:a': 'b' } }],
    ['another value under the same id', 'taken', { value: 'other', version: 'v'.repeat(32) }],
    ['a secret that is scheduled for deletion', 'gone', { value: 'x' }],
  ])('refuses to seed %s', async (_, name, seed) => {
    const server = await startServer();
    server.seed('taken', { value: 'x', version: 'v'.repeat(32) });
    server.seed('gone', 'x');
    await rawCall(server, 'DeleteSecret', { SecretId: 'gone' });
    const before = server.secrets();
    expect(() => server.seed(name, seed)).toThrow(
      expect.objectContaining({ name: 'TestingError', code: 'INVALID_ARGUMENT' }),
    );
    expect(server.secrets()).toEqual(before);
  });

  it('seeds past revoked permissions, quotas and planned errors', async () => {
    const server = await startServer({ quotas: { CreateSecret: 0 } });
    server.revoke({ action: '*' });
    server.failNext({ type: 'ThrottlingException' });
    server.seed('key', 'value', 'eu-west-1');
    expect(server.secrets('eu-west-1').map(({ name }) => name)).toEqual(['key']);
    expect(server.secrets()).toEqual([]);
  });

  it('starts once, keeps its port through a crash, and ends with its block', async () => {
    const server = await startAwsSecretsServer();
    const { url } = server;
    await expect(server.start()).rejects.toThrow('started already');
    server.seed('key', 'value');
    await server.http.kill();
    await server.http.restart();
    expect(server.url).toBe(url);
    expect(server.url).toContain(String(server.port));
    expect(await read(server)).toBe('value');
    await server[Symbol.asyncDispose]();
    await expect(fetch(url)).rejects.toThrow(TypeError);
  });

  it.each([
    ['an account that is none', () => new AwsSecretsServer({ account: '1' })],
    ['a port before the start', () => new AwsSecretsServer().port],
    ['time that goes backwards', () => new AwsSecretsServer().advance(-1)],
  ])('refuses %s', (_, action) => {
    expect(action).toThrow(TestingError);
  });
});

function today(): string {
  return new Date().toISOString().slice(0, 10).replaceAll('-', '');
}
