import { describe, expect, it } from 'vitest';
import { rawCall, rawHeaders, startServer } from '../__fixtures__/raw-call.ts';

const TOKEN = 'EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE';

describe('the wire', () => {
  it('carries what the documentation shows', async () => {
    const server = await startServer();
    const created = await rawCall(server, 'CreateSecret', {
      Name: 'MyTestSecret',
      ClientRequestToken: TOKEN,
      SecretString: '{"username":"david"}',
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect(created.status).toBe(200);
    expect(created.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(created.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(created.json).toEqual({
      ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:MyTestSecret-[A-Za-z0-9]{6}$/),
      Name: 'MyTestSecret',
      VersionId: TOKEN,
    });

    const read = await rawCall(server, 'GetSecretValue', { SecretId: 'MyTestSecret' });
    expect(read.json).toEqual({
      ARN: created.json['ARN'],
      Name: 'MyTestSecret',
      VersionId: TOKEN,
      SecretString: '{"username":"david"}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Number),
    });
    // Seconds, with milliseconds behind the point.
    expect(Math.abs(Number(read.json['CreatedDate']) * 1000 - Date.now())).toBeLessThan(60_000);
  });

  it('carries binary as base64, both ways', async () => {
    const server = await startServer();
    await rawCall(server, 'CreateSecret', { Name: 'b', SecretBinary: '/wAB' });
    expect((await rawCall(server, 'GetSecretValue', { SecretId: 'b' })).json['SecretBinary']).toBe('/wAB');
    expect(server.secret('b')?.versions[0]?.value).toEqual(Uint8Array.of(0xff, 0, 1));
  });

  it('answers what is wrong with status 400 and the type in the body', async () => {
    const server = await startServer();
    const { status, json, headers } = await rawCall(server, 'GetSecretValue', { SecretId: 'absent' });
    expect(status).toBe(400);
    expect(json).toEqual({
      __type: 'ResourceNotFoundException',
      Message: "Secrets Manager can't find the specified secret.",
    });
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
  });

  it('takes null for absent', async () => {
    const server = await startServer();
    server.seed('key', 'value');
    const { status } = await rawCall(server, 'GetSecretValue', {
      SecretId: 'key',
      VersionId: null,
      VersionStage: null,
    });
    expect(status).toBe(200);
  });

  it.each<[string, string, unknown, string]>([
    ['text where a structure belongs', 'GetSecretValue', '"key"', 'SerializationException'],
    ['no JSON', 'GetSecretValue', '{', 'SerializationException'],
    ['a number where text belongs', 'GetSecretValue', { SecretId: 7 }, 'SerializationException'],
    [
      'text where a number belongs',
      'DeleteSecret',
      { SecretId: 'a', RecoveryWindowInDays: '7' },
      'SerializationException',
    ],
    [
      'text where a boolean belongs',
      'DeleteSecret',
      { SecretId: 'a', ForceDeleteWithoutRecovery: 'true' },
      'SerializationException',
    ],
    [
      'text where a list belongs',
      'PutSecretValue',
      { SecretId: 'a', SecretString: 'x', VersionStages: 'a' },
      'SerializationException',
    ],
    ['a number in a list of texts', 'UntagResource', { SecretId: 'a', TagKeys: [1] }, 'SerializationException'],
    ['binary that is no base64', 'CreateSecret', { Name: 'a', SecretBinary: '***' }, 'SerializationException'],
    [
      'a member that the operation does not have',
      'GetSecretValue',
      { SecretId: 'a', SecretID: 'a' },
      'SerializationException',
    ],
    [
      'a tag with a member that it does not have',
      'CreateSecret',
      { Name: 'a', Tags: [{ key: 'a' }] },
      'SerializationException',
    ],
    ['a required member that is missing', 'GetSecretValue', {}, 'ValidationException'],
    ['a required member that is null', 'TagResource', { SecretId: 'a', Tags: null }, 'ValidationException'],
    ['an empty id', 'GetSecretValue', { SecretId: '' }, 'ValidationException'],
    ['a token that is too short', 'CreateSecret', { Name: 'a', ClientRequestToken: 'x' }, 'ValidationException'],
    [
      'a token that is too long',
      'CreateSecret',
      { Name: 'a', ClientRequestToken: 'x'.repeat(65) },
      'ValidationException',
    ],
    ['a version that is too short', 'GetSecretValue', { SecretId: 'a', VersionId: '1' }, 'ValidationException'],
    [
      'a stage that is too long',
      'GetSecretValue',
      { SecretId: 'a', VersionStage: 's'.repeat(257) },
      'ValidationException',
    ],
    [
      'a list without items',
      'PutSecretValue',
      { SecretId: 'a', SecretString: 'x', VersionStages: [] },
      'ValidationException',
    ],
    [
      'an item that is too long',
      'PutSecretValue',
      { SecretId: 'a', SecretString: 'x', VersionStages: ['s'.repeat(257)] },
      'ValidationException',
    ],
    ['an empty value', 'CreateSecret', { Name: 'a', SecretString: '' }, 'ValidationException'],
    [
      'a value that is too long',
      'CreateSecret',
      { Name: 'a', SecretString: 'x'.repeat(65_537) },
      'ValidationException',
    ],
    [
      'more bytes than characters allow',
      'CreateSecret',
      { Name: 'a', SecretString: 'ü'.repeat(40_000) },
      'LimitExceededException',
    ],
    ['a name of odd letters', 'CreateSecret', { Name: 'a b' }, 'InvalidParameterException'],
    [
      'a tag key that is too long',
      'CreateSecret',
      { Name: 'a', Tags: [{ Key: 'k'.repeat(129), Value: '' }] },
      'ValidationException',
    ],
    ['a page that is too large', 'ListSecrets', { MaxResults: 101 }, 'ValidationException'],
    ['a page of nothing', 'ListSecrets', { MaxResults: 0 }, 'ValidationException'],
  ])('refuses %s', async (_, operation, body, type) => {
    const server = await startServer();
    const { status, json } = await rawCall(server, operation, body);
    expect([status, json['__type']]).toEqual([400, type]);
    expect(server.secrets()).toEqual([]);
  });

  it('refuses another content type, path, method and operation', async () => {
    const server = await startServer();
    const json = await rawCall(server, 'ListSecrets', {}, { headers: { 'content-type': 'application/json' } });
    expect(json.json['__type']).toBe('SerializationException');
    for (const operation of ['RotateSecret', 'constructor', '']) {
      expect((await rawCall(server, operation, {})).json['__type']).toBe('UnknownOperationException');
    }
    expect((await fetch(`${server.url}/secrets`, { method: 'POST', headers: rawHeaders('ListSecrets') })).status).toBe(
      404,
    );
    expect((await fetch(server.url, { headers: rawHeaders('ListSecrets') })).status).toBe(404);
  });
});
