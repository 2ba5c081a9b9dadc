import { describe, expect, it } from 'vitest';
import { rawCall, startServer } from '../__fixtures__/raw-call.ts';
import type { AwsSecretsServer } from './index.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const C = 'c'.repeat(32);
const DAY_MS = 86_400_000;

function stagesOf(server: AwsSecretsServer, name = 'key'): Record<string, readonly string[]> {
  return Object.fromEntries((server.secret(name)?.versions ?? []).map(({ id, stages }) => [id.charAt(0), stages]));
}

async function put(server: AwsSecretsServer, token: string | undefined, more: object = {}): Promise<string> {
  const body = { SecretId: 'key', ClientRequestToken: token, SecretString: `value of ${token}`, ...more };
  const { status, json } = await rawCall(server, 'PutSecretValue', body);
  return status === 200 ? 'OK' : String(json['__type']);
}

async function move(server: AwsSecretsServer, stage: string, to?: string, from?: string): Promise<string> {
  const body = { SecretId: 'key', VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from };
  const { status, json } = await rawCall(server, 'UpdateSecretVersionStage', body);
  return status === 200 ? 'OK' : String(json['__type']);
}

describe('PutSecretValue', () => {
  it('moves AWSCURRENT to the new version, and AWSPREVIOUS behind it', async () => {
    const server = await startServer();
    server.seed('key', { value: 'x', version: A });
    await put(server, B);
    expect(stagesOf(server)).toEqual({ a: ['AWSPREVIOUS'], b: ['AWSCURRENT'] });
    await put(server, C);
    expect(stagesOf(server)).toEqual({ a: [], b: ['AWSPREVIOUS'], c: ['AWSCURRENT'] });
  });

  it('moves only the labels that it is given, from wherever they are', async () => {
    const server = await startServer();
    server.seed('key', { value: 'x', version: A });
    await put(server, B, { VersionStages: ['AWSPENDING', 'blue'] });
    await put(server, C, { VersionStages: ['AWSPENDING'] });
    expect(stagesOf(server)).toEqual({ a: ['AWSCURRENT'], b: ['blue'], c: ['AWSPENDING'] });
  });

  it('makes the first version current whatever its labels', async () => {
    const server = await startServer();
    await rawCall(server, 'CreateSecret', { Name: 'key' });
    await put(server, A, { VersionStages: ['AWSPENDING'] });
    expect([...(stagesOf(server)['a'] ?? [])].sort()).toEqual(['AWSCURRENT', 'AWSPENDING']);
  });

  it('does nothing under a token that was used for the same value, and refuses another', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    await put(server, A);
    await put(server, B);
    expect(await put(server, A)).toBe('OK');
    expect(stagesOf(server)).toMatchObject({ a: ['AWSPREVIOUS'], b: ['AWSCURRENT'] });
    expect(await put(server, A, { SecretString: 'other' })).toBe('ResourceExistsException');
    expect(await put(server, A, { SecretString: undefined, SecretBinary: 'AAAA' })).toBe('ResourceExistsException');
  });

  it('wants a value, text or binary', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    expect(await put(server, A, { SecretString: undefined })).toBe('InvalidParameterException');
    expect(await put(server, A, { SecretBinary: 'AAAA' })).toBe('InvalidParameterException');
  });

  it('allows twenty labels on a secret', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    const labels = Array.from({ length: 20 }, (_, index) => `label-${index}`);
    expect(await put(server, A, { VersionStages: labels })).toBe('LimitExceededException');
    expect(await put(server, A, { VersionStages: labels.slice(1) })).toBe('OK');
    expect(server.secret('key')?.versions).toHaveLength(2);
  });

  it('drops the oldest versions without labels above a hundred, once they are a day old', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    for (let index = 0; index < 104; index += 1) server.seed('key', `value ${index}`);
    expect(server.secret('key')?.versions).toHaveLength(105);
    server.advance(DAY_MS + 1);
    server.seed('key', 'last');
    const { versions = [] } = server.secret('key') ?? {};
    expect(versions).toHaveLength(100);
    expect(versions.at(-1)?.value).toBe('last');
    expect(versions.some(({ value }) => value === 'x')).toBe(false);
  });
});

describe('CreateSecret', () => {
  it('refuses a name that is taken, but for the same token and value', async () => {
    const server = await startServer();
    const create = async (body: object): Promise<unknown> =>
      (await rawCall(server, 'CreateSecret', { Name: 'key', ClientRequestToken: A, SecretString: 'x', ...body })).json;
    const first = await create({});
    expect(await create({})).toEqual(first);
    for (const body of [{ SecretString: 'y' }, { ClientRequestToken: B }, { SecretString: undefined }]) {
      expect(await create(body)).toMatchObject({ __type: 'ResourceExistsException' });
    }
  });

  it('refuses the name of a secret that is scheduled for deletion', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    await rawCall(server, 'DeleteSecret', { SecretId: 'key' });
    expect((await rawCall(server, 'CreateSecret', { Name: 'key', SecretString: 'x' })).json).toEqual({
      __type: 'InvalidRequestException',
      Message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    });
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['eu-west-1', 'aws'],
  ])('in %s makes an ARN of %s, and keeps regions apart', async (region, partition) => {
    const server = await startServer({ account: '210987654321' });
    const { json } = await rawCall(server, 'CreateSecret', { Name: 'key', SecretString: 'x' }, { region });
    expect(json['ARN']).toMatch(new RegExp(`^arn:${partition}:secretsmanager:${region}:210987654321:secret:key-`));
    expect((await rawCall(server, 'GetSecretValue', { SecretId: 'key' }, { region })).status).toBe(200);
    expect((await rawCall(server, 'GetSecretValue', { SecretId: 'key' })).status).toBe(400);
  });
});

describe('GetSecretValue', () => {
  it('finds by name, ARN and partial ARN; by version and stage', async () => {
    const server = await startServer();
    const first = server.seed('key', 'first');
    const second = server.seed('key', 'second');
    const arn = server.secret('key')?.arn ?? '';
    const read = async (body: object): Promise<unknown> => {
      const { json } = await rawCall(server, 'GetSecretValue', { SecretId: 'key', ...body });
      return json['SecretString'] ?? json;
    };
    expect(await read({})).toBe('second');
    expect(await read({ SecretId: arn })).toBe('second');
    expect(await read({ SecretId: arn.slice(0, -7) })).toBe('second');
    expect(await read({ VersionId: first })).toBe('first');
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('first');
    expect(await read({ VersionId: second, VersionStage: 'AWSCURRENT' })).toBe('second');
    expect(await read({ VersionId: second, VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      __type: 'InvalidRequestException',
    });
    expect(await read({ VersionStage: 'AWSPENDING' })).toEqual({
      __type: 'ResourceNotFoundException',
      Message: "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
    });
    expect(await read({ VersionId: 'f'.repeat(32) })).toMatchObject({ __type: 'ResourceNotFoundException' });
  });
});

describe('UpdateSecretVersionStage', () => {
  it('moves a label only from the version that has it', async () => {
    const server = await startServer();
    server.seed('key', { value: 'x', version: A });
    await put(server, B, { VersionStages: ['AWSPENDING'] });
    expect(await move(server, 'AWSCURRENT', B)).toBe('InvalidParameterException');
    expect(await move(server, 'AWSCURRENT', B, B)).toBe('InvalidParameterException');
    expect(await move(server, 'AWSCURRENT', C, A)).toBe('ResourceNotFoundException');
    expect(await move(server, 'AWSCURRENT', B, A)).toBe('OK');
    expect(stagesOf(server)).toEqual({ a: ['AWSPREVIOUS'], b: ['AWSPENDING', 'AWSCURRENT'] });
    expect(await move(server, 'AWSPENDING', undefined, B)).toBe('OK');
    expect(await move(server, 'AWSCURRENT', A, B)).toBe('OK');
    expect(stagesOf(server)).toEqual({ a: ['AWSCURRENT'], b: ['AWSPREVIOUS'] });
  });

  it('puts a new label on, leaves one that is there, and takes one off', async () => {
    const server = await startServer();
    server.seed('key', { value: 'x', version: A });
    for (let round = 0; round < 2; round += 1) expect(await move(server, 'blue', A)).toBe('OK');
    expect(stagesOf(server)).toEqual({ a: ['AWSCURRENT', 'blue'] });
    expect(await move(server, 'blue', undefined, A)).toBe('OK');
    expect(await move(server, 'blue', undefined, A)).toBe('InvalidParameterException');
    expect(await move(server, 'blue')).toBe('InvalidParameterException');
    expect(await move(server, 'AWSCURRENT', undefined, A)).toBe('InvalidParameterException');
    expect(stagesOf(server)).toEqual({ a: ['AWSCURRENT'] });
  });
});

describe('DeleteSecret and RestoreSecret', () => {
  it('schedule a deletion, tell when, and call it off', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    const { json } = await rawCall(server, 'DeleteSecret', { SecretId: 'key', RecoveryWindowInDays: 7 });
    expect(Math.round((Number(json['DeletionDate']) * 1000 - Date.now()) / DAY_MS)).toBe(7);
    expect((await rawCall(server, 'GetSecretValue', { SecretId: 'key' })).json).toEqual({
      __type: 'InvalidRequestException',
      Message: "You can't perform this operation on the secret because it was marked for deletion.",
    });
    expect((await rawCall(server, 'DescribeSecret', { SecretId: 'key' })).json['DeletedDate']).toEqual(
      expect.any(Number),
    );
    expect((await rawCall(server, 'DeleteSecret', { SecretId: 'key' })).json['__type']).toBe('InvalidRequestException');
    server.advance(7 * DAY_MS - 1000);
    expect((await rawCall(server, 'RestoreSecret', { SecretId: 'key' })).status).toBe(200);
    server.advance(DAY_MS);
    expect((await rawCall(server, 'GetSecretValue', { SecretId: 'key' })).status).toBe(200);
  });

  it('forget it when the window is over, and at once by force, also where nothing is', async () => {
    const server = await startServer();
    server.seed('key', 'x');
    await rawCall(server, 'DeleteSecret', { SecretId: 'key' });
    server.advance(30 * DAY_MS);
    expect((await rawCall(server, 'RestoreSecret', { SecretId: 'key' })).json['__type']).toBe(
      'ResourceNotFoundException',
    );
    server.seed('key', 'y');
    for (let round = 0; round < 2; round += 1) {
      const forced = { SecretId: 'key', ForceDeleteWithoutRecovery: true };
      expect((await rawCall(server, 'DeleteSecret', forced)).status).toBe(200);
    }
    expect(server.secrets()).toEqual([]);
  });

  it('answer a forced deletion of an absent ARN with that ARN', async () => {
    const server = await startServer();
    const SecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf';
    const { json } = await rawCall(server, 'DeleteSecret', { SecretId, ForceDeleteWithoutRecovery: true });
    expect(json['ARN']).toBe(SecretId);
  });

  it('keep a secret from being written, tagged and relabelled while its deletion is scheduled', async () => {
    const server = await startServer();
    server.seed('key', { value: 'x', version: A });
    await rawCall(server, 'DeleteSecret', { SecretId: 'key' });
    for (const [operation, body] of [
      ['PutSecretValue', { SecretString: 'y' }],
      ['UpdateSecret', { Description: 'y' }],
      ['UpdateSecretVersionStage', { VersionStage: 'blue', MoveToVersionId: A }],
      ['TagResource', { Tags: [{ Key: 'a', Value: 'b' }] }],
      ['UntagResource', { TagKeys: ['a'] }],
    ] as const) {
      const { json } = await rawCall(server, operation, { SecretId: 'key', ...body });
      expect([operation, json['__type']]).toEqual([operation, 'InvalidRequestException']);
    }
    await rawCall(server, 'RestoreSecret', { SecretId: 'key' });
    expect(server.secret('key')).toMatchObject({ tags: {}, versions: [{ value: 'x', stages: ['AWSCURRENT'] }] });
  });

  it.each([
    { RecoveryWindowInDays: 6 },
    { RecoveryWindowInDays: 31 },
    { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
  ])('refuse %j', async (body) => {
    const server = await startServer();
    server.seed('key', 'x');
    const { json } = await rawCall(server, 'DeleteSecret', { SecretId: 'key', ...body });
    expect(json['__type']).toBe('InvalidParameterException');
    expect(server.secret('key')?.deletionDueAt).toBeUndefined();
  });
});

describe('what is told of secrets', () => {
  it('DescribeSecret tells all but the value, and versions with labels alone', async () => {
    const server = await startServer();
    const seed = { value: 'x', tags: { team: 'a' }, description: 'about it', kmsKeyId: 'alias/k' };
    server.seed('key', { ...seed, version: A });
    await put(server, B);
    await put(server, C);
    const { json } = await rawCall(server, 'DescribeSecret', { SecretId: 'key' });
    expect(json).toEqual({
      ARN: server.secret('key')?.arn,
      Name: 'key',
      Description: 'about it',
      KmsKeyId: 'alias/k',
      LastChangedDate: expect.any(Number),
      CreatedDate: expect.any(Number),
      Tags: [{ Key: 'team', Value: 'a' }],
      VersionIdsToStages: { [B]: ['AWSPREVIOUS'], [C]: ['AWSCURRENT'] },
    });
  });

  it('ListSecretVersionIds tells the deprecated ones when asked to, in pages', async () => {
    const server = await startServer();
    for (const value of ['1', '2', '3', '4']) server.seed('key', value);
    const list = async (body: object): Promise<{ ids: number; token: unknown }> => {
      const { json } = await rawCall(server, 'ListSecretVersionIds', { SecretId: 'key', ...body });
      return { ids: Array.isArray(json['Versions']) ? json['Versions'].length : -1, token: json['NextToken'] };
    };
    expect(await list({})).toEqual({ ids: 2, token: undefined });
    const page = await list({ IncludeDeprecated: true, MaxResults: 3 });
    expect(page).toEqual({ ids: 3, token: expect.any(String) });
    expect(await list({ IncludeDeprecated: true, MaxResults: 3, NextToken: page.token })).toEqual({ ids: 1 });
    const { json } = await rawCall(server, 'ListSecretVersionIds', { SecretId: 'key', NextToken: 'nonsense' });
    expect(json['__type']).toBe('InvalidNextTokenException');
  });

  it('ListSecrets filters, hides planned deletions, and sorts the newest first', async () => {
    const server = await startServer();
    server.seed('prod/db', { value: 'x', tags: { team: 'red' }, description: 'Main database' });
    server.seed('prod/api', { value: 'x', tags: { team: 'blue' } });
    server.seed('test/db', { value: 'x' });
    await rawCall(server, 'DeleteSecret', { SecretId: 'test/db' });
    const names = async (body: object): Promise<unknown> => {
      const { json } = await rawCall(server, 'ListSecrets', body);
      const list: unknown = json['SecretList'];
      return Array.isArray(list) ? list.map(({ Name }) => Name) : json['__type'];
    };
    expect(await names({})).toEqual(['prod/api', 'prod/db']);
    expect(await names({ SortOrder: 'asc', IncludePlannedDeletion: true })).toEqual(['prod/db', 'prod/api', 'test/db']);
    const filter = async (Key: string, ...Values: string[]): Promise<unknown> => names({ Filters: [{ Key, Values }] });
    expect(await filter('name', 'prod/')).toEqual(['prod/api', 'prod/db']);
    expect(await filter('name', '!prod/api')).toEqual(['prod/db']);
    expect(await filter('tag-value', 'red', 'blue')).toEqual(['prod/api', 'prod/db']);
    expect(await filter('tag-key', 'owner')).toEqual([]);
    expect(await filter('description', 'Main')).toEqual(['prod/db']);
    expect(await filter('all', 'blue')).toEqual(['prod/api']);
    expect(await filter('colour', 'blue')).toBe('ValidationException');
    expect(await names({ MaxResults: 1 })).toEqual(['prod/api']);
  });

  it('TagResource adds over what is there, and UntagResource takes off', async () => {
    const server = await startServer();
    server.seed('key', { value: 'x', tags: { a: '1', b: '2' } });
    await rawCall(server, 'TagResource', {
      SecretId: 'key',
      Tags: [
        { Key: 'b', Value: '3' },
        { Key: 'c', Value: '' },
      ],
    });
    await rawCall(server, 'UntagResource', { SecretId: 'key', TagKeys: ['a', 'z'] });
    expect(server.secret('key')?.tags).toEqual({ b: '3', c: '' });
    for (const tags of [
      [{ Key: 'aws:x', Value: '' }],
      [{ Key: 'a', Value: 'b;c' }],
      Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
    ]) {
      const { json } = await rawCall(server, 'TagResource', { SecretId: 'key', Tags: tags });
      expect(json['__type']).toBe('InvalidParameterException');
    }
  });

  it('UpdateSecret changes the description, the key and the value', async () => {
    const server = await startServer();
    server.seed('key', 'old');
    const update = async (body: object): Promise<unknown> =>
      (await rawCall(server, 'UpdateSecret', { SecretId: 'key', ...body })).json['VersionId'];
    expect(await update({ Description: 'new text', KmsKeyId: 'alias/x' })).toBeUndefined();
    expect(await update({ SecretString: 'new', ClientRequestToken: A })).toBe(A);
    expect(server.secret('key')).toMatchObject({
      description: 'new text',
      kmsKeyId: 'alias/x',
      versions: [{ stages: ['AWSPREVIOUS'] }, { value: 'new', stages: ['AWSCURRENT'] }],
    });
  });
});

describe('a refused UpdateSecret', () => {
  it('has changed nothing', async () => {
    const server = await startServer();
    server.seed('key', { value: 'old', version: A, description: 'as it was' });
    const before = server.secret('key');
    const body = { SecretId: 'key', Description: 'changed', KmsKeyId: 'alias/x', SecretString: 'new' };
    const update = async (): Promise<unknown> =>
      (await rawCall(server, 'UpdateSecret', { ...body, ClientRequestToken: A })).json['__type'];
    // The token is taken, and then the key may not be used.
    expect(await update()).toBe('ResourceExistsException');
    server.revoke({ action: 'kms:GenerateDataKey' });
    expect(await update()).toBe('AccessDeniedException');
    expect(server.secret('key')).toEqual(before);
  });
});

describe('an UpdateSecret to another key', () => {
  it('encrypts the new version with that one', async () => {
    const server = await startServer();
    server.seed('key', { value: 'old', version: A, kmsKeyId: 'alias/a' });
    const body = { SecretId: 'key', KmsKeyId: 'alias/b', SecretString: 'new', ClientRequestToken: B };
    await rawCall(server, 'UpdateSecret', body);
    const { json } = await rawCall(server, 'ListSecretVersionIds', { SecretId: 'key' });
    expect(json['Versions']).toMatchObject([
      { VersionId: A, KmsKeyIds: ['alias/a'] },
      { VersionId: B, KmsKeyIds: ['alias/b'] },
    ]);
  });
});

describe('BatchGetSecretValue', () => {
  it('tells values and errors of each, by ids or by filters', async () => {
    const server = await startServer();
    server.seed('a', '1');
    server.seed('b', '2');
    const byId = await rawCall(server, 'BatchGetSecretValue', { SecretIdList: ['a', 'absent', 'b'] });
    expect(byId.json).toMatchObject({
      SecretValues: [
        { Name: 'a', SecretString: '1' },
        { Name: 'b', SecretString: '2' },
      ],
      Errors: [{ SecretId: 'absent', ErrorCode: 'ResourceNotFoundException' }],
    });
    const page = await rawCall(server, 'BatchGetSecretValue', {
      Filters: [{ Key: 'name', Values: ['a', 'b'] }],
      MaxResults: 1,
    });
    expect(page.json).toMatchObject({ SecretValues: [{ Name: 'a' }], NextToken: expect.any(String) });
  });

  it.each([{}, { SecretIdList: ['a'], Filters: [] }, { SecretIdList: ['a'], MaxResults: 5 }])(
    'refuses %j',
    async (body) => {
      const server = await startServer();
      expect((await rawCall(server, 'BatchGetSecretValue', body)).json['__type']).toBe('InvalidParameterException');
    },
  );

  it('refuses more than twenty ids', async () => {
    const server = await startServer();
    const SecretIdList = Array.from({ length: 21 }, (_, index) => `key-${index}`);
    expect((await rawCall(server, 'BatchGetSecretValue', { SecretIdList })).json['__type']).toBe('ValidationException');
  });
});

describe('GetRandomPassword', () => {
  it('makes passwords of the kinds that are left, each of them in it', async () => {
    const server = await startServer();
    const make = async (body: object): Promise<string> =>
      String((await rawCall(server, 'GetRandomPassword', body)).json['RandomPassword']);
    const usual = await make({});
    expect(usual).toHaveLength(32);
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-/:-@[-`{-~]/]) expect(usual).toMatch(kind);
    expect(await make({})).not.toBe(usual);
    expect(
      await make({
        PasswordLength: 40,
        ExcludePunctuation: true,
        ExcludeUppercase: true,
        ExcludeLowercase: true,
        ExcludeCharacters: '01234567',
      }),
    ).toMatch(/^[89]{40}$/);
    expect(await make({ PasswordLength: 5, IncludeSpace: true })).toContain(' ');
  });

  it.each([
    { PasswordLength: 3 },
    { ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true, ExcludeNumbers: true },
  ])('refuses %j', async (body) => {
    const server = await startServer();
    expect((await rawCall(server, 'GetRandomPassword', body)).json['__type']).toBe('InvalidParameterException');
  });
});
