import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretWritePayload } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { NAME, REFERENCE, setUp, text } from './__fixtures__/set-up.ts';

describe('setSecret', () => {
  it('adds a version to a secret that exists, in one request', async () => {
    const { server, provider, operations } = await setUp();
    const old = server.seed(NAME, 'old');
    const { version, reference } = await provider.setSecret(REFERENCE, { data: 'new' });
    expect(operations()).toEqual(['PutSecretValue']);
    expect(reference).toBe(REFERENCE);
    expect(server.secret(NAME)?.versions.map(({ id, value, stages }) => [id, value, stages])).toEqual([
      [old, 'old', ['AWSPREVIOUS']],
      [version, 'new', ['AWSCURRENT']],
    ]);
  });

  it('creates a secret that is absent, with what its options and the payload say', async () => {
    const { server, provider, operations } = await setUp({
      kmsKeyId: 'alias/tenants',
      description: 'Kept by the host',
      tags: { owner: 'host', stage: 'test' },
    });
    const { version } = await provider.setSecret(REFERENCE, { data: 'value', labels: { owner: 'acme' } });
    expect(operations()).toEqual(['TagResource', 'CreateSecret']);
    expect(server.secret(NAME)).toMatchObject({
      kmsKeyId: 'alias/tenants',
      description: 'Kept by the host',
      tags: { owner: 'acme', stage: 'test' },
      versions: [{ id: version, value: 'value', stages: ['AWSCURRENT'] }],
    });
  });

  it('writes to a secret that was created without a value', async () => {
    const { server, provider, operations } = await setUp();
    const client = new SecretsManagerClient(server.clientConfig);
    for (const write of ['setSecret', 'rotateSecret'] as const) {
      const reference = `aws://secretsmanager/${write}`;
      await client.send(new CreateSecretCommand({ Name: write }));
      expect((await refusalOf(() => provider.getSecret(reference))).code).toBe('NOT_FOUND');
      const { version } = await provider[write](reference, { data: 'first' });
      expect((await provider.getSecret(reference)).version).toBe(version);
    }
    expect(operations().filter((name) => name === 'CreateSecret')).toHaveLength(2);
    client.destroy();
  });

  it('takes somebody else’s creating it meanwhile for success', async () => {
    const { server, provider, operations } = await setUp();
    server.failNext({ type: 'ResourceNotFoundException', operation: 'PutSecretValue' });
    server.seed(NAME, 'theirs');
    const { version } = await provider.setSecret(REFERENCE, { data: 'ours' });
    expect(operations()).toEqual(['PutSecretValue', 'CreateSecret', 'PutSecretValue']);
    expect(server.secret(NAME)?.versions.map(({ value }) => value)).toEqual(['theirs', 'ours']);
    expect(server.secret(NAME)?.versions[1]?.id).toBe(version);
  });

  it('gives up when others create and delete it all the time', async () => {
    const { server, provider, operations } = await setUp();
    server.failNext({ type: 'ResourceNotFoundException', operation: 'PutSecretValue', times: 9 });
    server.failNext({ type: 'ResourceExistsException', operation: 'CreateSecret', times: 9 });
    expect((await refusalOf(() => provider.setSecret(REFERENCE, { data: 'x' }))).code).toBe('CONFLICT');
    expect(operations()).toHaveLength(8);
  });

  it('creates nothing under an ARN', async () => {
    const { provider, operations } = await setUp();
    const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf';
    const error = await refusalOf(() => provider.setSecret(`aws://secretsmanager/${arn}`, { data: 'x' }));
    expect(error.code).toBe('NOT_FOUND');
    expect(operations()).toEqual(['PutSecretValue']);
  });

  it('reports the reference in canonical form, unpinned, and keeps a hint for the environment', async () => {
    const { provider } = await setUp();
    const write = async (reference: string): Promise<string> =>
      (await provider.setSecret(reference, { data: 'x' })).reference;
    expect(await write('AWS://secretsmanager/us-east-1/key')).toBe('aws://secretsmanager/us-east-1/key');
    expect(await write('aws://secretsmanager/key?region=us-east-1')).toBe('aws://secretsmanager/us-east-1/key');
    expect(await write('aws://secretsmanager/key?version=latest&env=KEY')).toBe('aws://secretsmanager/key?env=KEY');
  });

  it.each<[string, SecretWritePayload, string | Uint8Array]>([
    ['text as text', { data: ' grüße \n' }, ' grüße \n'],
    ['bytes that are text as text', { data: new TextEncoder().encode('{"key":"ü"}') }, '{"key":"ü"}'],
    ['base64 of text as text', { data: btoa('text'), encoding: 'base64' }, 'text'],
    ['a byte order mark, too', { data: Uint8Array.of(0xef, 0xbb, 0xbf, 0x61) }, '\ufeffa'],
    ['bytes that are no text as bytes', { data: Uint8Array.of(0xff, 0xfe) }, Uint8Array.of(0xff, 0xfe)],
    ['bytes with a NUL as bytes', { data: Uint8Array.of(0x61, 0) }, Uint8Array.of(0x61, 0)],
    ['latin-1 as its bytes', { data: 'ÿ', encoding: 'binary' }, Uint8Array.of(0xff)],
  ])('stores %s', async (_, payload, stored) => {
    const { server, provider } = await setUp();
    await provider.setSecret(REFERENCE, payload);
    expect(server.secret(NAME)?.versions[0]?.value).toEqual(stored);
    const { data } = await provider.getSecret(REFERENCE);
    expect(data).toEqual(typeof stored === 'string' ? new TextEncoder().encode(stored) : stored);
  });

  it('stores the bytes as they were when it was called', async () => {
    const { server, provider } = await setUp();
    const data = Uint8Array.of(0xff, 1, 2);
    const writing = provider.setSecret(REFERENCE, { data });
    data.fill(0);
    await writing;
    expect(server.secret(NAME)?.versions[0]?.value).toEqual(Uint8Array.of(0xff, 1, 2));
  });

  it.each<[string, SecretWritePayload, string]>([
    ['an empty text', { data: '' }, 'INVALID'],
    ['no bytes', { data: new Uint8Array() }, 'INVALID'],
    ['65,537 bytes', { data: 'x'.repeat(65_537) }, 'TOO_LARGE'],
    ['fewer characters, but more bytes', { data: 'ü'.repeat(32_769) }, 'TOO_LARGE'],
    ['a label that AWS keeps for itself', { data: 'x', labels: { 'aws:x': 'y' } }, 'INVALID'],
    ['a label without a key', { data: 'x', labels: { '': 'y' } }, 'INVALID'],
    ['a label of odd letters', { data: 'x', labels: { key: 'a;b' } }, 'INVALID'],
    ['a label that is too long', { data: 'x', labels: { key: 'y'.repeat(257) } }, 'INVALID'],
    [
      'too many labels',
      { data: 'x', labels: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v'])) },
      'INVALID',
    ],
  ])('refuses %s before it asks', async (_, payload, code) => {
    const { server, provider } = await setUp();
    for (const write of ['setSecret', 'rotateSecret', 'stageSecret'] as const) {
      expect((await refusalOf(() => provider[write](REFERENCE, payload))).code).toBe(code);
    }
    expect(server.requests).toEqual([]);
  });

  it('stores the largest value', async () => {
    const { provider } = await setUp();
    await provider.setSecret(REFERENCE, { data: 'ü'.repeat(32_768) });
    expect((await provider.getSecret(REFERENCE)).data).toHaveLength(65_536);
  });

  it.each([`?version=${'v'.repeat(32)}`, '?stage=blue', '?version=AWSPREVIOUS'])(
    'refuses a reference with %s, as every write does',
    async (query) => {
      const { server, provider } = await setUp();
      const pinned = `${REFERENCE}${query}`;
      for (const write of [
        () => provider.setSecret(pinned, { data: 'x' }),
        () => provider.rotateSecret(pinned, { data: 'x' }),
        () => provider.stageSecret(pinned, { data: 'x' }),
        () => provider.promoteSecret(pinned, 'v'.repeat(32)),
        () => provider.deleteSecret(pinned),
        () => provider.restoreSecret(pinned),
      ]) {
        expect((await refusalOf(write)).code).toBe('INVALID');
      }
      expect(server.requests).toEqual([]);
    },
  );
});

describe('labels', () => {
  it('join the tags that are there, over those with the same key', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, { value: 'old', tags: { owner: 'host', tier: 'gold' } });
    await provider.setSecret(REFERENCE, { data: 'new', labels: { owner: 'acme' } });
    await provider.rotateSecret(REFERENCE, { data: 'newer', labels: { rotated: 'yes' } });
    await provider.setSecret(REFERENCE, { data: 'newest' });
    expect(server.secret(NAME)?.tags).toEqual({ owner: 'acme', tier: 'gold', rotated: 'yes' });
  });

  it('that may not be put on leave the value as it was', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'old');
    server.revoke({ action: 'secretsmanager:TagResource' });
    for (const write of ['setSecret', 'rotateSecret', 'stageSecret'] as const) {
      const error = await refusalOf(() => provider[write](REFERENCE, { data: 'new', labels: { a: 'b' } }));
      expect(error.code).toBe('FORBIDDEN');
    }
    expect(server.secret(NAME)?.versions).toHaveLength(1);
  });
});

describe('idempotency keys', () => {
  it('become tokens that AWS takes, others for each kind of write', async () => {
    const { server, provider } = await setUp();
    const options = { idempotencyKey: 'k' };
    await provider.setSecret(REFERENCE, { data: 'a' }, options);
    await provider.stageSecret(REFERENCE, { data: 'a' }, options);
    await provider.rotateSecret(REFERENCE, { data: 'a' }, options);
    const ids = server.secret(NAME)?.versions.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
  });

  it('make a creation whose answer was lost one creation', async () => {
    const { server, provider } = await setUp();
    server.inject('none', { kind: 'reset', afterBytes: 0 });
    const write = async (): Promise<string> =>
      (await provider.setSecret(REFERENCE, { data: 'x' }, { idempotencyKey: 'once' })).version;
    expect((await refusalOf(write)).code).toBe('UNAVAILABLE');
    const version = await write();
    expect(server.secret(NAME)?.versions.map(({ id }) => id)).toEqual([version]);
  });

  it('do not bring an older version back', async () => {
    const { provider } = await setUp();
    const first = await provider.setSecret(REFERENCE, { data: 'first' }, { idempotencyKey: 'one' });
    await provider.setSecret(REFERENCE, { data: 'second' }, { idempotencyKey: 'two' });
    const again = await provider.setSecret(REFERENCE, { data: 'first' }, { idempotencyKey: 'one' });
    expect(again.version).toBe(first.version);
    expect(text(await provider.getSecret(REFERENCE))).toBe('second');
  });

  it.each(['', 'k'.repeat(257)])('refuse %j', async (idempotencyKey) => {
    const { server, provider } = await setUp();
    const error = await refusalOf(() => provider.setSecret(REFERENCE, { data: 'x' }, { idempotencyKey }));
    expect(error.code).toBe('INVALID');
    expect(server.requests).toEqual([]);
  });
});

describe('deleteSecret', () => {
  const DAY_MS = 86_400_000;

  it('keeps the secret for as long as AWS does by itself, or as was asked', async () => {
    const { server, provider } = await setUp();
    for (const [name, options, days] of [
      ['usual', {}, 30],
      ['shortest', { recoveryWindowDays: 7 }, 7],
      ['longest', { recoveryWindowDays: 30 }, 30],
    ] as const) {
      server.seed(name, 'x');
      await provider.deleteSecret(`aws://secretsmanager/${name}`, options);
      const leftMs = (server.secret(name)?.deletionDueAt?.getTime() ?? 0) - Date.now();
      expect(Math.round(leftMs / DAY_MS)).toBe(days);
    }
    server.advance(7 * DAY_MS);
    expect(server.secrets().map(({ name }) => name)).toEqual(['usual', 'longest']);
  });

  it('tells a scheduled deletion from an absent secret, until it is carried out', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x');
    await provider.deleteSecret(REFERENCE);
    const codes = async (): Promise<string[]> => [
      (await refusalOf(() => provider.getSecret(REFERENCE))).code,
      (await refusalOf(() => provider.rotateSecret(REFERENCE, { data: 'y' }))).code,
      (await refusalOf(() => provider.deleteSecret(REFERENCE))).code,
    ];
    expect(await codes()).toEqual(['PENDING_DELETION', 'PENDING_DELETION', 'PENDING_DELETION']);
    expect((await refusalOf(() => provider.setSecret(REFERENCE, { data: 'y' }))).code).toBe('PENDING_DELETION');
    server.advance(30 * DAY_MS);
    expect(await codes()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect((await refusalOf(() => provider.restoreSecret(REFERENCE))).code).toBe('NOT_FOUND');
  });

  it.each([0, 1, 6, 31, 7.5, -7, Number.NaN])(
    'refuses a window of %d days before it asks',
    async (recoveryWindowDays) => {
      const { server, provider } = await setUp();
      const error = await refusalOf(() => provider.deleteSecret(REFERENCE, { recoveryWindowDays }));
      expect(error.code).toBe('UNSUPPORTED');
      expect(server.requests).toEqual([]);
    },
  );

  it('refuses a window beside force before it asks', async () => {
    const { server, provider } = await setUp();
    const error = await refusalOf(() => provider.deleteSecret(REFERENCE, { recoveryWindowDays: 7, force: true }));
    expect(error.code).toBe('INVALID');
    expect(server.requests).toEqual([]);
  });

  it('with force leaves nothing, and does not say whether there was anything', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x');
    for (let round = 0; round < 2; round += 1) await provider.deleteSecret(REFERENCE, { force: true });
    expect(server.secrets()).toEqual([]);
  });

  it('with force ends a recovery window', async () => {
    const { server, provider } = await setUp();
    server.seed(NAME, 'x');
    await provider.deleteSecret(REFERENCE);
    await provider.deleteSecret(REFERENCE, { force: true });
    expect(server.secrets()).toEqual([]);
  });

  it('is called off by restoreSecret, as often as it is asked to', async () => {
    const { server, provider } = await setUp();
    const version = server.seed(NAME, 'x');
    await provider.deleteSecret(REFERENCE);
    for (let round = 0; round < 2; round += 1) await provider.restoreSecret(REFERENCE);
    expect((await provider.getSecret(REFERENCE)).version).toBe(version);
    server.advance(40 * DAY_MS);
    expect(server.secret(NAME)?.versions).toHaveLength(1);
  });
});
