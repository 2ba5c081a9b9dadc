import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Json, type RawClient, rawGrpc } from '../__fixtures__/raw-grpc.ts';
import { startServer } from '../__fixtures__/start.ts';
import type { GcpSecretServer } from './index.ts';

// Statuses by their numbers, as https://grpc.io/docs/guides/status-codes has them.
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const UNIMPLEMENTED = 12;

const PARENT = 'projects/demo';
const SECRET = `${PARENT}/secrets/stripe`;
const AUTOMATIC = { replication: { automatic: {} } };

let server: GcpSecretServer;
let client: RawClient;
beforeEach(async () => {
  server = await startServer({ locations: ['europe-west3'] });
  client = rawGrpc(server.grpcPort);
});
afterEach(() => client.close());

async function succeed(rpc: string, request: Json): Promise<Json> {
  const { response, error } = await client.call(rpc, request);
  if (response === undefined) throw new Error(`${rpc} failed`, { cause: error });
  return response;
}

async function fail(rpc: string, request: Json): Promise<{ readonly code: number; readonly details: string }> {
  const { error } = await client.call(rpc, request);
  if (error === undefined) throw new Error(`${rpc} succeeded`);
  return { code: error.code, details: error.details };
}

async function create(secret: Json = AUTOMATIC): Promise<Json> {
  return succeed('CreateSecret', { parent: PARENT, secretId: 'stripe', secret });
}

async function add(data = 'value'): Promise<Json> {
  return succeed('AddSecretVersion', { parent: SECRET, payload: { data: Buffer.from(data) } });
}

describe('secrets', () => {
  it('are created once, and answered with the number of their project', async () => {
    const secret = await create({ ...AUTOMATIC, labels: { team: 'pay' } });
    expect(secret).toMatchObject({
      name: expect.stringMatching(/^projects\/[0-9]+\/secrets\/stripe$/),
      labels: { team: 'pay' },
      replication: { automatic: {} },
      etag: expect.stringMatching(/^".+"$/),
      createTime: { seconds: expect.stringMatching(/^[0-9]{10}$/) },
    });
    expect(await fail('CreateSecret', { parent: PARENT, secretId: 'stripe', secret: AUTOMATIC })).toMatchObject({
      code: ALREADY_EXISTS,
    });
    // Under its number it is the same secret.
    expect(await succeed('GetSecret', { name: secret['name'] })).toEqual(secret);
    expect(await succeed('GetSecret', { name: SECRET })).toEqual(secret);
  });

  it.each([
    ['without a policy', 'stripe', {}],
    ['without a secret', 'stripe', undefined],
    ['without an id', '', AUTOMATIC],
    ['with a dot in the id', 'a.b', AUTOMATIC],
    ['with an id of 256 characters', 'a'.repeat(256), AUTOMATIC],
    ['with no replicas', 'stripe', { replication: { userManaged: { replicas: [] } } }],
    [
      'with one location twice',
      'stripe',
      { replication: { userManaged: { replicas: [{ location: 'a' }, { location: 'a' }] } } },
    ],
    ['with an upper-case label', 'stripe', { ...AUTOMATIC, labels: { Team: 'x' } }],
    ['with a malformed annotation', 'stripe', { ...AUTOMATIC, annotations: { '-x': 'x' } }],
    ['with 16 KiB of annotations', 'stripe', { ...AUTOMATIC, annotations: { x: 'x'.repeat(16_384) } }],
    ['with an alias, before there is a version', 'stripe', { ...AUTOMATIC, versionAliases: { current: '1' } }],
    ['that expired', 'stripe', { ...AUTOMATIC, expireTime: { seconds: '1' } }],
    ['that keeps destroyed versions for an hour', 'stripe', { ...AUTOMATIC, versionDestroyTtl: { seconds: '3600' } }],
    [
      'with a rotation and no topic',
      'stripe',
      { ...AUTOMATIC, rotation: { nextRotationTime: { seconds: '9999999999' } } },
    ],
    ['with a malformed topic', 'stripe', { ...AUTOMATIC, topics: [{ name: 'x' }] }],
    [
      'with a key that only regional secrets have',
      'stripe',
      { ...AUTOMATIC, customerManagedEncryption: { kmsKeyName: 'k' } },
    ],
    ['with a key that has no name', 'stripe', { replication: { automatic: { customerManagedEncryption: {} } } }],
  ])('are refused %s', async (_, secretId, secret) => {
    expect(await fail('CreateSecret', { parent: PARENT, secretId, secret })).toMatchObject({ code: INVALID_ARGUMENT });
    expect(server.secret('stripe')).toBeUndefined();
  });

  it('are updated field by field, if nobody else did in between', async () => {
    const { etag } = await create({ ...AUTOMATIC, labels: { a: '1' }, annotations: { b: '2' } });
    const update = { secret: { name: SECRET, etag, labels: { c: '3' } }, updateMask: { paths: ['labels'] } };
    expect(await succeed('UpdateSecret', update)).toMatchObject({ labels: { c: '3' }, annotations: { b: '2' } });
    expect(await fail('UpdateSecret', update)).toMatchObject({
      code: FAILED_PRECONDITION,
      details: expect.stringContaining('etag'),
    });
    const { secret } = update;
    expect(await succeed('UpdateSecret', { ...update, secret: { ...secret, etag: '' } })).toMatchObject({
      labels: { c: '3' },
    });
    for (const paths of [[], ['replication'], ['name'], ['create_time'], ['unknown']]) {
      const refused = { secret: { name: SECRET }, updateMask: { paths } };
      expect(await fail('UpdateSecret', refused)).toMatchObject({ code: INVALID_ARGUMENT });
    }
  });

  it('expire', async () => {
    await create({ ...AUTOMATIC, ttl: { seconds: '3600' } });
    server.advance(3_599_000);
    expect(await succeed('GetSecret', { name: SECRET })).toMatchObject({ expireTime: {} });
    server.advance(1001);
    expect(await fail('GetSecret', { name: SECRET })).toMatchObject({ code: NOT_FOUND });
  });

  it('are deleted with their versions, if nobody else changed them', async () => {
    const { etag } = await create();
    expect(await fail('DeleteSecret', { name: SECRET, etag: '"other"' })).toMatchObject({ code: FAILED_PRECONDITION });
    expect(await succeed('DeleteSecret', { name: SECRET, etag })).toEqual({});
    expect(await fail('DeleteSecret', { name: SECRET })).toMatchObject({ code: NOT_FOUND });
    await create();
    expect(await add()).toMatchObject({ name: expect.stringMatching(/versions\/1$/) });
  });

  it('are listed newest first, page by page, and by filter', async () => {
    for (const [secretId, team] of [
      ['a', 'pay'],
      ['b', 'mail'],
      ['c', 'pay'],
    ]) {
      await succeed('CreateSecret', { parent: PARENT, secretId, secret: { ...AUTOMATIC, labels: { team } } });
    }
    const namesOf = ({ secrets = [] }: { secrets?: { name?: string }[] }): (string | undefined)[] =>
      secrets.map(({ name }) => name?.split('/').at(-1));
    const first = await succeed('ListSecrets', { parent: PARENT, pageSize: 2 });
    expect(namesOf(first)).toEqual(['c', 'b']);
    expect(first).toMatchObject({ totalSize: 3 });
    const second = await succeed('ListSecrets', { parent: PARENT, pageSize: 2, pageToken: first['nextPageToken'] });
    expect(namesOf(second)).toEqual(['a']);
    expect(second['nextPageToken'] ?? '').toBe('');
    const filtered = await succeed('ListSecrets', { parent: PARENT, filter: 'labels.team=pay AND name:a' });
    expect(namesOf(filtered)).toEqual(['a']);
    expect(filtered['totalSize'] ?? 0).toBe(0);
    expect(namesOf(await succeed('ListSecrets', { parent: 'projects/other' }))).toEqual([]);
    for (const wrong of [{ pageSize: -1 }, { pageToken: 'x' }, { filter: '(((' }]) {
      expect(await fail('ListSecrets', { parent: PARENT, ...wrong })).toMatchObject({ code: INVALID_ARGUMENT });
    }
  });
});

describe('versions', () => {
  beforeEach(async () => {
    await create();
  });

  it('are numbered from 1 and accessed by number, "latest" and alias', async () => {
    await add('one');
    await add('two');
    const versionAliases = { current: '1' };
    await succeed('UpdateSecret', {
      secret: { name: SECRET, versionAliases },
      updateMask: { paths: ['version_aliases'] },
    });
    for (const [selector, expected, number] of [
      ['1', 'one', '1'],
      ['latest', 'two', '2'],
      ['current', 'one', '1'],
    ]) {
      const { name, payload } = await succeed('AccessSecretVersion', { name: `${SECRET}/versions/${selector}` });
      expect(name).toMatch(new RegExp(`^projects/[0-9]+/secrets/stripe/versions/${number}$`));
      expect(payload).toMatchObject({ data: Buffer.from(expected ?? '') });
    }
    for (const selector of ['3', 'other', '01']) {
      expect(await fail('AccessSecretVersion', { name: `${SECRET}/versions/${selector}` })).toMatchObject({
        code: NOT_FOUND,
      });
    }
  });

  it('carry the CRC-32C of their payload, an int64', async () => {
    await add('123456789');
    const { payload } = await succeed('AccessSecretVersion', { name: `${SECRET}/versions/latest` });
    expect(payload).toMatchObject({ dataCrc32c: String(0xe3069283) });
  });

  it('have a payload of 1 to 65,536 bytes that matches its checksum', async () => {
    const add65536 = await add('x'.repeat(65_536));
    expect(add65536).toMatchObject({ state: 'ENABLED' });
    for (const payload of [
      undefined,
      {},
      { data: '' },
      { data: Buffer.alloc(65_537) },
      { data: Buffer.from('x'), dataCrc32c: '1' },
    ]) {
      const refused = await fail('AddSecretVersion', { parent: SECRET, payload });
      expect(refused).toMatchObject({ code: INVALID_ARGUMENT });
    }
    const checked = { data: Buffer.from('123456789'), dataCrc32c: String(0xe3069283) };
    expect(await succeed('AddSecretVersion', { parent: SECRET, payload: checked })).toMatchObject({
      clientSpecifiedPayloadChecksum: true,
    });
    expect(server.secret('stripe')?.versions).toHaveLength(2);
  });

  it('cannot be accessed while they are disabled, and never again once they are destroyed', async () => {
    await add();
    const name = `${SECRET}/versions/1`;
    const access = (): Promise<{ code: number; details: string }> => fail('AccessSecretVersion', { name });
    expect(await succeed('DisableSecretVersion', { name })).toMatchObject({ state: 'DISABLED' });
    expect(await access()).toMatchObject({
      code: FAILED_PRECONDITION,
      details: expect.stringMatching(/is in DISABLED state/),
    });
    expect(await succeed('DisableSecretVersion', { name })).toMatchObject({ state: 'DISABLED' });
    expect(await succeed('EnableSecretVersion', { name })).toMatchObject({ state: 'ENABLED' });
    expect(await succeed('AccessSecretVersion', { name })).toMatchObject({ payload: { data: Buffer.from('value') } });
    expect(await succeed('DestroySecretVersion', { name })).toMatchObject({
      state: 'DESTROYED',
      destroyTime: { seconds: expect.anything() },
    });
    expect(await access()).toMatchObject({
      code: FAILED_PRECONDITION,
      details: expect.stringMatching(/is in DESTROYED state/),
    });
    for (const rpc of ['EnableSecretVersion', 'DisableSecretVersion', 'DestroySecretVersion']) {
      expect(await fail(rpc, { name })).toMatchObject({ code: FAILED_PRECONDITION });
    }
    expect(server.secret('stripe')?.versions[0]?.data).toEqual(new Uint8Array(0));
  });

  it('change their etag with every change, also one that changes nothing', async () => {
    const { etag: first } = await add();
    const name = `${SECRET}/versions/1`;
    const { etag: second } = await succeed('EnableSecretVersion', { name, etag: first });
    expect(second).not.toBe(first);
    expect(await fail('DisableSecretVersion', { name, etag: first })).toMatchObject({ code: FAILED_PRECONDITION });
    expect(await succeed('DisableSecretVersion', { name, etag: second })).toMatchObject({ state: 'DISABLED' });
  });

  it('are changed by their number only', async () => {
    await add();
    expect(await fail('DisableSecretVersion', { name: `${SECRET}/versions/latest` })).toMatchObject({
      code: INVALID_ARGUMENT,
    });
  });

  it('are listed newest first, without payloads, and by state', async () => {
    for (const value of ['one', 'two', 'three']) await add(value);
    await succeed('DisableSecretVersion', { name: `${SECRET}/versions/3` });
    const { versions } = await succeed('ListSecretVersions', { parent: SECRET, filter: 'state:ENABLED' });
    expect(versions).toEqual([
      expect.objectContaining({ name: expect.stringMatching(/versions\/2$/), state: 'ENABLED' }),
      expect.objectContaining({ name: expect.stringMatching(/versions\/1$/), state: 'ENABLED' }),
    ]);
    expect(await succeed('ListSecretVersions', { parent: SECRET })).toMatchObject({ totalSize: 3 });
  });

  it('are destroyed late where the secret says so, and can be enabled until then', async () => {
    await succeed('UpdateSecret', {
      secret: { name: SECRET, versionDestroyTtl: { seconds: '86400' } },
      updateMask: { paths: ['version_destroy_ttl'] },
    });
    await add();
    const name = `${SECRET}/versions/1`;
    const destroyed = await succeed('DestroySecretVersion', { name });
    expect(destroyed).toMatchObject({ state: 'DISABLED', scheduledDestroyTime: { seconds: expect.anything() } });
    expect(await succeed('EnableSecretVersion', { name })).toMatchObject({ state: 'ENABLED' });
    await succeed('DestroySecretVersion', { name });
    server.advance(86_400_001);
    expect(await succeed('GetSecretVersion', { name })).toMatchObject({ state: 'DESTROYED' });
  });

  it('of no secret, or of a secret that has none, are NOT_FOUND', async () => {
    const latest = await fail('AccessSecretVersion', { name: `${SECRET}/versions/latest` });
    expect(latest).toMatchObject({ code: NOT_FOUND, details: expect.stringMatching(/not found or has no versions/) });
    expect(
      await fail('AddSecretVersion', { parent: `${PARENT}/secrets/absent`, payload: { data: 'eA==' } }),
    ).toMatchObject({
      code: NOT_FOUND,
    });
  });
});

describe('regional secrets', () => {
  const regional = `${PARENT}/locations/europe-west3`;

  it('are reached through the endpoint of their location only', async () => {
    const europe = rawGrpc(Number(server.clientOptions({ location: 'europe-west3' }).port));
    const request = { parent: regional, secretId: 'stripe', secret: {} };
    expect(await fail('CreateSecret', request)).toMatchObject({ code: INVALID_ARGUMENT });
    expect((await europe.call('CreateSecret', request)).response).toMatchObject({
      name: expect.stringMatching(/locations\/europe-west3\/secrets\/stripe$/),
    });
    const globally = await europe.call('CreateSecret', { parent: PARENT, secretId: 'stripe', secret: AUTOMATIC });
    expect(globally.error?.code).toBe(INVALID_ARGUMENT);
    europe.close();
    // A global secret of the same name is another one.
    await create();
    expect(server.secret('stripe')?.name).not.toBe(server.secret(`${regional}/secrets/stripe`)?.name);
  });

  it('have no policy of replication', async () => {
    const europe = rawGrpc(Number(server.clientOptions({ location: 'europe-west3' }).port));
    const answer = await europe.call('CreateSecret', { parent: regional, secretId: 'stripe', secret: AUTOMATIC });
    expect(answer.error?.code).toBe(INVALID_ARGUMENT);
    europe.close();
  });
});

describe('permissions', () => {
  it('are taken away and given back, for all secrets or one, at once or later', async () => {
    await create();
    await add();
    const name = `${SECRET}/versions/1`;
    server.revoke('secretmanager.versions.access', { secret: 'stripe' });
    expect(await fail('AccessSecretVersion', { name })).toMatchObject({
      code: PERMISSION_DENIED,
      details: expect.stringContaining('secretmanager.versions.access'),
    });
    const asked = { resource: SECRET, permissions: ['secretmanager.versions.access', 'secretmanager.versions.add'] };
    expect(await succeed('TestIamPermissions', asked)).toEqual({ permissions: ['secretmanager.versions.add'] });
    server.grant('secretmanager.versions.access', { secret: 'stripe' });
    server.revoke('secretmanager.versions.access', { afterCalls: 1 });
    await succeed('AccessSecretVersion', { name });
    expect(await fail('AccessSecretVersion', { name })).toMatchObject({ code: PERMISSION_DENIED });
  });

  it('have a policy that is kept, if nobody else changed it', async () => {
    await create();
    const bindings = [{ role: 'roles/secretmanager.secretAccessor', members: ['user:a@example.com'] }];
    const set = await succeed('SetIamPolicy', { resource: SECRET, policy: { bindings } });
    expect(await succeed('GetIamPolicy', { resource: SECRET })).toEqual(set);
    expect(set).toMatchObject({ bindings: [expect.objectContaining({ role: 'roles/secretmanager.secretAccessor' })] });
    const stale = { resource: SECRET, policy: { bindings, etag: Buffer.from('stale') } };
    expect(await fail('SetIamPolicy', stale)).toMatchObject({ code: 10 });
  });
});

describe('quotas', () => {
  it('are kept to where the server is told to, second by second', async () => {
    const limited = await startServer({ quotas: true, startMs: 1_000_000 });
    limited.seed('stripe', 'value');
    const raw = rawGrpc(limited.grpcPort);
    const request = { parent: SECRET, payload: { data: Buffer.from('x') } };
    for (let round = 0; round < 2; round += 1)
      expect((await raw.call('AddSecretVersion', request)).error).toBeUndefined();
    const refused = await raw.call('AddSecretVersion', request);
    expect(refused.error?.code).toBe(RESOURCE_EXHAUSTED);
    expect(refused.error?.metadata.get('grpc-status-details-bin')).toHaveLength(1);
    limited.advance(1000);
    expect((await raw.call('AddSecretVersion', request)).error).toBeUndefined();
    const name = `${SECRET}/versions/1`;
    expect((await raw.call('DisableSecretVersion', { name })).error).toBeUndefined();
    expect((await raw.call('EnableSecretVersion', { name })).error?.code).toBe(RESOURCE_EXHAUSTED);
    raw.close();
  });
});

describe('the wire', () => {
  it('knows no RPC that the service has not, and says which ones it leaves out', async () => {
    await create();
    expect(await fail('RotateSecret', { parent: SECRET })).toMatchObject({ code: UNIMPLEMENTED });
    const anything = await fetch(`http://127.0.0.1:${server.grpcPort}/`).catch(() => 'refused');
    expect(anything).toBe('refused');
  });

  it('refuses names that are none', async () => {
    for (const name of ['', 'stripe', 'projects/demo', `${SECRET}/versions/1/x`, `${SECRET}/versions/1`]) {
      expect(await fail('GetSecret', { name })).toMatchObject({ code: INVALID_ARGUMENT });
    }
  });

  it('records what came in', async () => {
    await create();
    await client.call('GetSecret', { name: SECRET }, { 'x-test': 'yes' });
    expect(server.requests.map(({ rpc }) => rpc)).toEqual(['CreateSecret', 'GetSecret']);
    expect(server.requests[0]).toMatchObject({
      transport: 'grpc',
      location: undefined,
      status: 'OK',
      isCancelled: false,
      request: { parent: PARENT, secretId: 'stripe', secret: { replication: { automatic: {} } } },
    });
    expect(server.requests[1]?.headers).toMatchObject({ 'x-test': 'yes', 'content-type': 'application/grpc' });
    server.clearRequests();
    expect(server.requests).toEqual([]);
  });
});
