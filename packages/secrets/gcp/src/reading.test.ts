import { describe, expect, it } from 'vitest';
import { refusalOf, text } from './__fixtures__/refusal-of.ts';
import { connect, rpcsOf, startServer, TRANSPORTS } from './__fixtures__/start.ts';
import { GcpSecretManagerProvider } from './index.ts';

const SECRET = 'gcp://projects/demo/secrets/stripe';

describe.each(TRANSPORTS)('reading over %s', (transport) => {
  it('takes one call, and says which version it was', async () => {
    const server = await startServer();
    server.seed('stripe', 'first');
    server.seed('stripe', 'second');
    const value = await connect(server, { transport, now: () => 1_700_000_000_000 }).getSecret(SECRET);
    expect(text(value.data)).toBe('second');
    expect(value.version).toBe('2');
    expect(value.retrievedAt).toEqual(new Date(1_700_000_000_000));
    expect(value.metadata).toEqual({
      resource: 'projects/demo/secrets/stripe/versions/2',
      crc32c: expect.stringMatching(/^[0-9]+$/),
    });
    expect(rpcsOf(server)).toEqual(['AccessSecretVersion']);
  });

  it('takes the version from the option, then the query, then the path', async () => {
    const server = await startServer();
    for (const data of ['one', 'two', 'three']) server.seed('stripe', data);
    const provider = connect(server, { transport });
    const read = async (reference: string, version?: string): Promise<string> =>
      text((await provider.getSecret(reference, version === undefined ? {} : { version })).data);
    expect(await read(`${SECRET}/versions/1`)).toBe('one');
    expect(await read(`${SECRET}/versions/1?version=2`)).toBe('two');
    expect(await read(`${SECRET}/versions/1?version=2`, '3')).toBe('three');
    expect(await read(`${SECRET}/versions/latest`)).toBe('three');
    expect(await read(`${SECRET}/versions/1`, 'latest')).toBe('three');
  });

  it('reads what an alias stands for, and says the number', async () => {
    const server = await startServer();
    for (const data of ['one', 'two']) server.seed('stripe', data);
    const provider = connect(server, { transport, currentAlias: 'blue' });
    await provider.promoteSecret?.(SECRET, '1');
    const plain = connect(server, { transport });
    for (const reference of [`${SECRET}?alias=blue`, `${SECRET}?version=blue`, `${SECRET}/versions/blue`]) {
      expect(await plain.getSecret(reference)).toMatchObject({ version: '1' });
    }
    expect(await refusalOf(plain.getSecret(`${SECRET}?alias=green`))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says VERSION_DISABLED for a version that is disabled or destroyed', async () => {
    const server = await startServer();
    for (const data of ['one', 'two', 'three']) server.seed('stripe', data);
    const provider = connect(server, { transport, latestEnabled: true });
    await provider.retireVersion(SECRET, '2');
    const destroying = connect(server, { transport, retireBy: 'destroy' });
    await destroying.retireVersion(SECRET, '1');
    for (const version of ['1', '2']) {
      expect(await refusalOf(destroying.getSecret(SECRET, { version }))).toMatchObject({ code: 'VERSION_DISABLED' });
    }
  });

  it('finds the newest enabled version only where it is asked to and has to', async () => {
    const server = await startServer();
    for (const data of ['one', 'two', 'three', 'four']) server.seed('stripe', data);
    // Whoever runs the console disables the newest two.
    const console = connect(server, { transport, currentAlias: 'kept' });
    await console.promoteSecret?.(SECRET, '1');
    await console.retireVersion(SECRET, '4');
    await console.retireVersion(SECRET, '3');
    const provider = connect(server, { transport, latestEnabled: true });
    expect(await refusalOf(connect(server, { transport }).getSecret(SECRET))).toMatchObject({
      code: 'VERSION_DISABLED',
    });
    server.clearRequests();
    expect(await provider.getSecret(SECRET)).toMatchObject({ version: '2' });
    expect(rpcsOf(server)).toEqual(['AccessSecretVersion', 'ListSecretVersions', 'AccessSecretVersion']);
    expect(server.requests[1]?.request).toMatchObject({ filter: 'state:ENABLED' });
    server.seed('stripe', 'five');
    server.clearRequests();
    expect(await provider.getSecret(SECRET)).toMatchObject({ version: '5' });
    expect(rpcsOf(server)).toEqual(['AccessSecretVersion']);
    expect(
      await refusalOf(
        provider.getSecret(SECRET, { version: 'latest' }).then(() => provider.getSecret(`${SECRET}?version=4`)),
      ),
    ).toMatchObject({
      code: 'VERSION_DISABLED',
    });
  });

  it.each(['payload', 'checksum', 'answer'] as const)('asks once more for a damaged %s', async (part) => {
    const server = await startServer();
    server.seed('stripe', 'value');
    server.inject({ kind: 'corrupt', part });
    const provider = connect(server, { transport });
    expect(text((await provider.getSecret(SECRET)).data)).toBe('value');
    expect(server.requests).toHaveLength(2);
    server.inject({ kind: 'corrupt', part }, { times: 2 });
    expect(await refusalOf(provider.getSecret(SECRET))).toMatchObject({ code: 'INTEGRITY', retryable: true });
    expect(server.requests).toHaveLength(4);
  });

  it('reaches regional secrets at the endpoint of their location, with a client for each', async () => {
    const server = await startServer({ locations: ['europe-west3', 'us-central1'] });
    server.seed('stripe', 'global');
    server.seed('projects/demo/locations/europe-west3/secrets/stripe', 'europe');
    server.seed('projects/demo/locations/us-central1/secrets/stripe', 'america');
    const provider = connect(server, { transport });
    const read = async (reference: string): Promise<string> => text((await provider.getSecret(reference)).data);
    expect(await read('gcp://secrets/stripe')).toBe('global');
    expect(await read('gcp://locations/europe-west3/secrets/stripe')).toBe('europe');
    expect(await read('gcp://projects/demo/locations/us-central1/secrets/stripe')).toBe('america');
    expect(server.requests.map(({ location }) => location)).toEqual([undefined, 'europe-west3', 'us-central1']);
  });

  it('sends what the caller adds to the call, and stays within its own limits', async () => {
    const server = await startServer();
    server.seed('stripe', 'value');
    const provider = connect(server, { transport });
    await provider.getSecret(SECRET, {}, { otherArgs: { headers: { 'x-goog-user-project': 'billed' } } });
    expect(server.requests[0]?.headers).toMatchObject({ 'x-goog-user-project': 'billed' });
    server.inject({ kind: 'hang' });
    const error = await refusalOf(provider.getSecret(SECRET, {}, { timeout: 30 }));
    expect(error.code).toBe('TIMEOUT');
  });
});

describe('the project of a reference without one', () => {
  it('is that of the option, then that of clientOptions, then that of the credentials', async () => {
    const server = await startServer({ project: 'from-credentials' });
    for (const project of ['from-option', 'from-client', 'from-credentials']) {
      server.seed(`projects/${project}/secrets/s`, project);
    }
    const clientOptions = server.clientOptions();
    const read = async (options: ConstructorParameters<typeof GcpSecretManagerProvider>[0]): Promise<string> => {
      const provider = new GcpSecretManagerProvider(options);
      const value = await provider.getSecret('gcp://secrets/s');
      await provider.close();
      return text(value.data);
    };
    const withProject = { ...clientOptions, projectId: 'from-client' };
    expect(await read({ projectId: 'from-option', clientOptions: withProject })).toBe('from-option');
    expect(await read({ clientOptions: withProject })).toBe('from-client');
    expect(await read({ clientOptions })).toBe('from-credentials');
  });

  it('is INVALID where it is no project', async () => {
    const server = await startServer();
    const provider = connect(server, { projectId: 'a/../b' });
    expect(await refusalOf(provider.getSecret('gcp://secrets/s'))).toMatchObject({ code: 'INVALID' });
    expect(server.requests).toEqual([]);
  });
});

describe('answers that do not fit', () => {
  const answering = (response: object): GcpSecretManagerProvider => {
    const refuse = (): Promise<never> => Promise.reject(new TypeError('not expected'));
    return new GcpSecretManagerProvider({
      projectId: 'demo',
      client: {
        accessSecretVersion: () => Promise.resolve([response]),
        addSecretVersion: () => Promise.resolve([response]),
        createSecret: refuse,
        getSecret: refuse,
        updateSecret: refuse,
        deleteSecret: refuse,
        listSecretVersions: refuse,
        getSecretVersion: refuse,
        disableSecretVersion: refuse,
        destroySecretVersion: refuse,
      },
    });
  };
  const payload = { data: new Uint8Array([1]) };

  it.each([
    ['no payload', { name: 'projects/1/secrets/stripe/versions/1' }],
    ['no name', { payload }],
    ['another secret', { name: 'projects/1/secrets/other/versions/1', payload }],
    ['no version number', { name: 'projects/1/secrets/stripe/versions/latest', payload }],
  ])('are INTEGRITY: %s', async (_, response) => {
    expect(await refusalOf(answering(response).getSecret(SECRET))).toMatchObject({ code: 'INTEGRITY' });
  });

  it('are INTEGRITY: another version than the one that was pinned', async () => {
    const provider = answering({ name: 'projects/1/secrets/stripe/versions/2', payload });
    expect(await refusalOf(provider.getSecret(SECRET, { version: '1' }))).toMatchObject({ code: 'INTEGRITY' });
  });

  it('are UNKNOWN after a write, which may have happened', async () => {
    expect(await refusalOf(answering({}).setSecret(SECRET, { data: 'x' }))).toMatchObject({ code: 'UNKNOWN' });
    expect(await refusalOf(answering({}).deleteSecret(SECRET))).toMatchObject({ code: 'UNKNOWN' });
  });
});
