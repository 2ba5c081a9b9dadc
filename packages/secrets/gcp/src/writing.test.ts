import { describe, expect, it } from 'vitest';
import { refusalOf, text } from './__fixtures__/refusal-of.ts';
import { connect, rpcsOf, startServer, TRANSPORTS } from './__fixtures__/start.ts';

const SECRET = 'gcp://projects/demo/secrets/stripe';

describe.each(TRANSPORTS)('writing over %s', (transport) => {
  it('adds to a secret that exists in one call, with a checksum', async () => {
    const server = await startServer();
    server.seed('stripe', 'first');
    server.revoke('secretmanager.secrets.get');
    server.revoke('secretmanager.secrets.create');
    const result = await connect(server, { transport }).setSecret('gcp://secrets/stripe?env=STRIPE', {
      data: 'second',
    });
    expect(result).toEqual({ reference: SECRET, version: '2', previousVersion: '1' });
    expect(rpcsOf(server)).toEqual(['AddSecretVersion']);
    expect(server.secret('stripe')?.versions.map(({ hasClientChecksum }) => hasClientChecksum)).toEqual([false, true]);
  });

  it('creates only what is absent, with its labels, and without a version before', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    expect(await provider.setSecret(SECRET, { data: 'x' })).toEqual({ reference: SECRET, version: '1' });
    expect(rpcsOf(server)).toEqual(['AddSecretVersion', 'CreateSecret', 'AddSecretVersion']);
    await provider.setSecret('gcp://secrets/other', { data: 'x', labels: { team: 'pay' }, contentType: 'text/plain' });
    expect(server.secret('other')).toMatchObject({
      labels: { team: 'pay' },
      annotations: { 'content-type': 'text/plain' },
    });
  });

  it('takes a secret that somebody else created in between for created', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    const writes = Array.from({ length: 8 }, (_, index) =>
      provider.setSecret(SECRET, { data: `${index}`, labels: { [`writer-${index}`]: 'x' } }),
    );
    const versions = await Promise.all(writes);
    expect(versions.map(({ version }) => version).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(Object.keys(server.secret('stripe')?.labels ?? {})).toHaveLength(8);
  });

  it('adds labels to those that are there, and asks for nothing where they are there already', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    await provider.setSecret(SECRET, { data: 'x', labels: { team: 'pay', stage: 'test' } });
    await provider.rotateSecret(SECRET, { data: 'y', labels: { stage: 'live' }, contentType: 'application/json' });
    expect(server.secret('stripe')?.labels).toEqual({ team: 'pay', stage: 'live' });
    server.clearRequests();
    await provider.rotateSecret(SECRET, { data: 'z', labels: { team: 'pay' } });
    expect(rpcsOf(server)).toEqual(['GetSecret', 'AddSecretVersion']);
    await provider.rotateSecret(SECRET, { data: 'z' });
    expect(server.secret('stripe')?.labels).toEqual({ team: 'pay', stage: 'live' });
  });

  it('replicates as it is told to, and gives regional secrets no policy', async () => {
    const server = await startServer({ locations: ['europe-west3'] });
    const replicas = [{ location: 'europe-west1' }, { location: 'europe-west4' }];
    const provider = connect(server, { transport, defaultReplication: { userManaged: { replicas } } });
    await provider.setSecret(SECRET, { data: 'x' });
    expect(server.requests[1]?.request).toMatchObject({ secret: { replication: { userManaged: { replicas } } } });
    const regional = 'gcp://projects/demo/locations/europe-west3/secrets/stripe';
    expect(await provider.setSecret(regional, { data: 'x' })).toEqual({ reference: regional, version: '1' });
    expect(server.requests.at(-2)?.request).toMatchObject({ secret: {} });
  });

  it('lets destroyed versions be restored for as long as it is told to', async () => {
    const server = await startServer();
    const provider = connect(server, { transport, versionDestroyTtlMs: 2 * 86_400_000, retireBy: 'destroy' });
    await provider.setSecret(SECRET, { data: 'x' });
    await provider.rotateSecret(SECRET, { data: 'y' });
    await provider.retireVersion(SECRET, '1');
    expect(server.secret('stripe')?.versions[0]).toMatchObject({ state: 'DISABLED' });
    server.advance(2 * 86_400_000 + 1);
    expect(server.secret('stripe')?.versions[0]).toMatchObject({ state: 'DESTROYED', data: new Uint8Array(0) });
  });

  it('rotates nothing that is absent, and leaves nothing behind', async () => {
    const server = await startServer();
    const provider = connect(server, { transport });
    for (const payload of [{ data: 'x' }, { data: 'x', labels: { a: 'b' } }]) {
      expect(await refusalOf(provider.rotateSecret(SECRET, payload))).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(server.secret('stripe')).toBeUndefined();
  });

  it('deletes at once, and only a secret as a whole', async () => {
    const server = await startServer();
    server.seed('stripe', 'x');
    const provider = connect(server, { transport });
    expect(await refusalOf(provider.deleteSecret(SECRET, { recoveryWindowDays: 7 }))).toMatchObject({
      code: 'UNSUPPORTED',
    });
    expect(await refusalOf(provider.deleteSecret(`${SECRET}/versions/1`))).toMatchObject({ code: 'INVALID' });
    expect(await refusalOf(provider.deleteSecret(SECRET, { recoveryWindowDays: -1 }))).toMatchObject({
      code: 'INVALID',
    });
    expect(server.requests).toEqual([]);
    await provider.deleteSecret(`${SECRET}/versions/latest`, { force: true, recoveryWindowDays: 0 });
    expect(server.secret('stripe')).toBeUndefined();
    expect(await refusalOf(provider.deleteSecret(SECRET))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a write is refused before any call', () => {
  it.each([
    ['to a numbered version', `${SECRET}/versions/1`, {}, 'INVALID'],
    ['to an alias', `${SECRET}?alias=blue`, {}, 'INVALID'],
    ['of nothing', SECRET, { data: '' }, 'INVALID'],
    ['of 65,537 bytes', SECRET, { data: 'x'.repeat(65_537) }, 'TOO_LARGE'],
    ['with an upper-case label', SECRET, { labels: { Team: 'pay' } }, 'INVALID'],
    ['with a label value that has a space', SECRET, { labels: { team: 'a b' } }, 'INVALID'],
    [
      'with 65 labels',
      SECRET,
      { labels: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, ''])) },
      'INVALID',
    ],
    ['with a line break in the content type', SECRET, { contentType: 'text/plain\r\nx' }, 'INVALID'],
    ['with text that is not in its encoding', SECRET, { data: '%', encoding: 'base64' as const }, 'INVALID'],
  ] as const)('%s', async (_, reference, payload, code) => {
    const server = await startServer();
    server.seed('stripe', 'x');
    const provider = connect(server);
    expect(await refusalOf(provider.setSecret(reference, { data: 'x', ...payload }))).toMatchObject({ code });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['an empty idempotency key', { idempotencyKey: '' }],
    ['one of 257 characters', { idempotencyKey: 'k'.repeat(257) }],
    ['a negative overlap', { overlapMs: -1 }],
    ['an overlap that is no number', { overlapMs: Number.NaN }],
    ['a deadline of 0', { timeoutMs: 0 }],
    ['a deadline that never comes', { timeoutMs: Number.POSITIVE_INFINITY }],
  ])('with %s', async (_, options) => {
    const server = await startServer();
    const provider = connect(server);
    expect(await refusalOf(provider.rotateSecret(SECRET, { data: 'x' }, options))).toMatchObject({ code: 'INVALID' });
    expect(server.requests).toEqual([]);
  });
});

describe('a write that is repeated under its key', () => {
  it.each(TRANSPORTS)('after an unknown outcome makes one version, over %s', async (transport) => {
    const server = await startServer();
    server.seed('stripe', 'old');
    const provider = connect(server, { transport });
    for (const kind of ['reset', 'hang'] as const) {
      server.inject({ kind }, { rpc: 'AddSecretVersion', isApplied: true });
      const write = (): Promise<unknown> =>
        provider.rotateSecret(SECRET, { data: `new ${kind}` }, { idempotencyKey: kind, timeoutMs: 500 });
      expect(await refusalOf(write())).toMatchObject({ retryable: true });
      const version = kind === 'reset' ? '2' : '3';
      expect(await write()).toMatchObject({ version });
      expect(server.secret('stripe')?.versions).toHaveLength(Number(version));
    }
  });

  it('is a new write where the newest version holds something else, or is disabled', async () => {
    const server = await startServer();
    const provider = connect(server, { latestEnabled: true });
    const write = { data: 'same' };
    await provider.setSecret(SECRET, write, { idempotencyKey: 'k' });
    await provider.setSecret(SECRET, { data: 'other' });
    expect(await provider.setSecret(SECRET, write, { idempotencyKey: 'k' })).toMatchObject({ version: '3' });
  });
});

describe('versions that are retired', () => {
  it('are the ones before, when writes are told to', async () => {
    const server = await startServer();
    const provider = connect(server, { retirePrevious: true });
    await provider.setSecret(SECRET, { data: 'one' });
    await provider.rotateSecret(SECRET, { data: 'two' });
    await provider.setSecret(SECRET, { data: 'three' });
    expect(server.secret('stripe')?.versions.map(({ state }) => state)).toEqual(['DISABLED', 'DISABLED', 'ENABLED']);
  });

  it('are not those that the caller needs to overlap', async () => {
    const server = await startServer();
    const provider = connect(server, { retirePrevious: true, retireBy: 'destroy' });
    await provider.setSecret(SECRET, { data: 'one' });
    await provider.rotateSecret(SECRET, { data: 'two' }, { overlapMs: 1 });
    await provider.rotateSecret(SECRET, { data: 'three' }, { overlapMs: 0 });
    expect(server.secret('stripe')?.versions.map(({ state }) => state)).toEqual(['ENABLED', 'DESTROYED', 'ENABLED']);
  });

  it('are the newest enabled ones before, where that is what was current', async () => {
    const server = await startServer();
    const provider = connect(server, { retirePrevious: true, latestEnabled: true });
    for (const data of ['one', 'two']) server.seed('stripe', data);
    await connect(server, { currentAlias: 'x' }).retireVersion(SECRET, '2');
    const result = await provider.rotateSecret(SECRET, { data: 'three' });
    expect(result).toMatchObject({ version: '3', previousVersion: '1' });
    expect(server.secret('stripe')?.versions.map(({ state }) => state)).toEqual(['DISABLED', 'DISABLED', 'ENABLED']);
  });

  it('leave a write that could not retire them done, and say so; under its key it goes on from there', async () => {
    const server = await startServer();
    server.seed('stripe', 'one');
    server.revoke('secretmanager.versions.disable');
    const provider = connect(server, { retirePrevious: true });
    const error = await refusalOf(provider.rotateSecret(SECRET, { data: 'two' }));
    expect(error).toMatchObject({ code: 'FORBIDDEN' });
    expect(error.message).toContain('version 2 is written and current, but version 1 could not be retired');
    server.inject({ kind: 'status', status: 'UNAVAILABLE' }, { rpc: 'DisableSecretVersion', times: 2 });
    expect(await refusalOf(provider.rotateSecret(SECRET, { data: 'three' }))).toMatchObject({ retryable: false });
    const keyed = (): Promise<unknown> => provider.rotateSecret(SECRET, { data: 'four' }, { idempotencyKey: 'k' });
    expect(await refusalOf(keyed())).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    server.grant('secretmanager.versions.disable');
    expect(await keyed()).toMatchObject({ version: '4', previousVersion: '3' });
    expect(server.secret('stripe')?.versions.map(({ state }) => state)).toEqual([
      'ENABLED',
      'ENABLED',
      'DISABLED',
      'ENABLED',
    ]);
  });

  it('can be retired again, also once they are destroyed', async () => {
    const server = await startServer();
    for (const data of ['one', 'two']) server.seed('stripe', data);
    const disabling = connect(server);
    const destroying = connect(server, { retireBy: 'destroy' });
    for (const provider of [disabling, disabling, destroying, destroying, disabling]) {
      await provider.retireVersion(SECRET, '1');
    }
    expect(server.secret('stripe')?.versions[0]?.state).toBe('DESTROYED');
    expect(await refusalOf(disabling.retireVersion(SECRET, '9'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(disabling.retireVersion(SECRET, 'latest'))).toMatchObject({ code: 'INVALID' });
    expect(await refusalOf(disabling.retireVersion('gcp://secrets/absent', '1'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a current alias', () => {
  it('is what stages and promotions go by; without it they do not exist', async () => {
    const server = await startServer();
    expect(connect(server).stageSecret).toBeUndefined();
    expect(connect(server).promoteSecret).toBeUndefined();
    const provider = connect(server, { currentAlias: 'current' });
    await provider.setSecret(SECRET, { data: 'one' });
    const staged = await provider.stageSecret?.(SECRET, { data: 'two' });
    expect(staged).toEqual({ reference: SECRET, version: '2', previousVersion: '1' });
    expect(text((await provider.getSecret(SECRET)).data)).toBe('one');
    expect(await provider.promoteSecret?.(SECRET, '2')).toMatchObject({ version: '2', previousVersion: '1' });
    expect(server.secret('stripe')?.aliases).toEqual({ current: '2', 'current-previous': '1' });
    expect(text((await provider.getSecret(`${SECRET}?alias=current-previous`)).data)).toBe('one');
  });

  it('is never on a staged version, whenever a reader looks', async () => {
    const server = await startServer();
    const provider = connect(server, { currentAlias: 'current' });
    await provider.setSecret(SECRET, { data: 'old' });
    const stage = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) await provider.stageSecret?.(SECRET, { data: `new ${round}` });
    };
    const seen = new Set<string>();
    const read = async (): Promise<void> => {
      for (let round = 0; round < 40; round += 1) seen.add(text((await provider.getSecret(SECRET)).data));
    };
    await Promise.all([stage(), read()]);
    expect(server.secret('stripe')?.versions).toHaveLength(11);
    expect([...seen]).toEqual(['old']);
  });

  it('keeps the aliases of others, and is moved again when others wrote in between', async () => {
    const server = await startServer();
    const provider = connect(server, { currentAlias: 'current' });
    const other = connect(server, { currentAlias: 'theirs' });
    await provider.setSecret(SECRET, { data: 'one' });
    await Promise.all([
      provider.promoteSecret?.(SECRET, '1'),
      other.promoteSecret?.(SECRET, '1'),
      provider.rotateSecret(SECRET, { data: 'two', labels: { a: 'b' } }),
    ]);
    expect(server.secret('stripe')).toMatchObject({ aliases: { current: '2', theirs: '1' }, labels: { a: 'b' } });
  });

  it('ends with CONFLICT when others are always faster', async () => {
    const server = await startServer();
    const provider = connect(server, { currentAlias: 'current' });
    await provider.setSecret(SECRET, { data: 'one' });
    server.seed('stripe', 'two');
    server.inject({ kind: 'status', status: 'ABORTED' }, { rpc: 'UpdateSecret', times: 100 });
    expect(await refusalOf(provider.promoteSecret?.(SECRET, '2') ?? Promise.resolve())).toMatchObject({
      code: 'CONFLICT',
    });
    expect(rpcsOf(server).filter((rpc) => rpc === 'UpdateSecret')).toHaveLength(1 + 8);
  });

  it('takes no disabled version, no alias, and no secret that is absent', async () => {
    const server = await startServer();
    const provider = connect(server, { currentAlias: 'current' });
    const promote = (version: string, reference = SECRET): Promise<unknown> =>
      provider.promoteSecret?.(reference, version) ?? Promise.resolve();
    for (const data of ['one', 'two', 'three']) await provider.setSecret(SECRET, { data });
    await provider.retireVersion(SECRET, '1');
    expect(await refusalOf(promote('1'))).toMatchObject({ code: 'VERSION_DISABLED' });
    expect(await refusalOf(promote('9'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(promote('current'))).toMatchObject({ code: 'INVALID' });
    expect(await refusalOf(promote('1', 'gcp://secrets/absent'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(provider.retireVersion(SECRET, '3'))).toMatchObject({ code: 'CONFLICT' });
    expect(server.secret('stripe')?.aliases).toEqual({ current: '3', 'current-previous': '2' });
  });

  it('reads a secret without it as NOT_FOUND until it is promoted', async () => {
    const server = await startServer();
    server.seed('stripe', 'made elsewhere');
    const provider = connect(server, { currentAlias: 'current' });
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await provider.promoteSecret?.(SECRET, '1')).toEqual({ reference: SECRET, version: '1' });
    expect(await provider.getSecret(SECRET)).toMatchObject({ version: '1' });
  });

  it('goes on from where a write broke off, and retires what was current before', async () => {
    const server = await startServer();
    const provider = connect(server, { currentAlias: 'current', retirePrevious: true });
    await provider.setSecret(SECRET, { data: 'one' });
    const write = (): Promise<unknown> => provider.rotateSecret(SECRET, { data: 'two' }, { idempotencyKey: 'k' });
    for (const rpc of ['UpdateSecret', 'DisableSecretVersion']) {
      server.inject({ kind: 'status', status: 'UNAVAILABLE' }, { rpc });
      expect(await refusalOf(write())).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    }
    expect(await write()).toMatchObject({ version: '2', previousVersion: '1' });
    expect(server.secret('stripe')?.versions.map(({ state }) => state)).toEqual(['DISABLED', 'ENABLED']);
  });
});
