import type { Fault } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { requestLines, startBackend, textOf } from './__fixtures__/backend.ts';

const REFERENCE = 'scw://secret-manager/tenants/acme/key';
const PLACE = { name: 'key', path: '/tenants/acme' };

describe('a creation whose version cannot be written', () => {
  it.each<[string, string, (backend: Awaited<ReturnType<typeof startBackend>>) => () => void]>([
    [
      'the permission is revoked half-way',
      'FORBIDDEN',
      ({ server }) => server.deny({ operation: 'createSecretVersion' }),
    ],
    [
      'the connection is reset half-way',
      'UNAVAILABLE',
      ({ server }) => {
        server.inject('none', 'none', { kind: 'reset' });
        return () => {};
      },
    ],
    [
      'the service fails half-way',
      'UNAVAILABLE',
      ({ server }) => {
        server.inject('none', 'none', { kind: 'status', status: 500 });
        return () => {};
      },
    ],
  ])('reads as absent, and is completed by the same call: %s', async (_, code, breakIt) => {
    const backend = await startBackend();
    const { server, provider } = backend;
    const mend = breakIt(backend);
    const write = async () => provider.setSecret(REFERENCE, { data: 'value', labels: { team: 'billing' } });
    await expect(write()).rejects.toMatchObject({ code });
    expect(server.secrets.map(({ versions }) => versions.length)).toEqual([0]);
    await expect(provider.getSecret(REFERENCE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(provider.rotateSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    mend();
    expect((await write()).version).toBe('1');
    expect(server.secrets).toHaveLength(1);
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('value');
  });

  it('never deletes what it created, since another writer may use it by now', async () => {
    const { server, provider } = await startBackend();
    server.deny({ operation: 'createSecretVersion', afterCalls: 1 });
    const writes = await Promise.allSettled(
      ['one', 'two'].map(async (data) => provider.setSecret(REFERENCE, { data })),
    );
    expect(writes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await provider.getSecret(REFERENCE)).version).toBe('1');
    expect(requestLines(server).some((line) => line.startsWith('DELETE'))).toBe(false);
  });
});

describe('a write with labels that stops between its two steps', () => {
  it('has changed no version, and is completed by the same call', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'], tags: ['kept'] });
    const mend = server.deny({ operation: 'createSecretVersion' });
    const write = async () => provider.setSecret(REFERENCE, { data: 'two', labels: { team: 'billing' } });
    await expect(write()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('one');
    mend();
    expect((await write()).version).toBe('2');
    expect(server.secrets[0]?.tags).toEqual(['kept', 'team=billing']);
  });

  it('is not made at all where the labels cannot be written', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'] });
    server.deny({ operation: 'updateSecret' });
    const write = provider.setSecret(REFERENCE, { data: 'two', labels: { team: 'billing' } });
    await expect(write).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(server.secrets[0]?.versions).toHaveLength(1);
  });
});

describe('a write whose answer is lost', () => {
  it.each<[string, Fault, string]>([
    ['reset', { kind: 'reset', afterBytes: 5 }, 'UNAVAILABLE'],
    ['cut off', { kind: 'truncate', afterBytes: 5 }, 'UNAVAILABLE'],
  ])('has happened, and says only that no answer came: %s', async (_, fault, code) => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'] });
    server.inject('none', fault);
    await expect(provider.setSecret(REFERENCE, { data: 'two' })).rejects.toMatchObject({ code });
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('two');
  });
});

describe('a list that is damaged', () => {
  it.each([
    ['nothing in it', '{}'],
    ['a secret without an id', '{"secrets":[{"name":"key","path":"/tenants/acme"}],"total_count":1}'],
    ['an id that is a path', '{"secrets":[{"name":"key","path":"/tenants/acme","id":"../x"}],"total_count":1}'],
  ])('is not taken for "there is none": %s', async (_, body) => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'] });
    for (const call of [
      async () => provider.setSecret(REFERENCE, { data: 'x' }),
      async () => provider.rotateSecret(REFERENCE, { data: 'x' }),
      async () => provider.deleteSecret(REFERENCE),
      async () => provider.restoreSecret(REFERENCE),
    ]) {
      server.inject({ kind: 'status', status: 200, body });
      await expect(call()).rejects.toMatchObject({ code: 'INTEGRITY' });
    }
    expect(server.secrets).toHaveLength(1);
    expect(server.secrets[0]).toMatchObject({ isScheduledForDeletion: false });
  });

  it.each(['{}', '{"versions":[{}],"total_count":1}', '{"versions":[{"revision":"1"}],"total_count":1}'])(
    'of versions is not taken for one either: %s',
    async (body) => {
      const { server, provider } = await startBackend();
      server.addSecret({ ...PLACE, versions: ['one', 'two'] });
      server.inject('none', { kind: 'status', status: 200, body });
      await expect(provider.retireVersion(REFERENCE, '1')).rejects.toMatchObject({ code: 'INTEGRITY' });
    },
  );
});

describe('a long list', () => {
  it('is read page by page: many secrets of one name that were deleted, and many versions', async () => {
    const { server, provider } = await startBackend({}, { startMs: 1_790_000_000_000 });
    for (let index = 0; index < 120; index += 1) {
      server.addSecret({ ...PLACE, versions: [`${index}`] });
      await provider.deleteSecret(REFERENCE);
      server.advance(1000);
    }
    await provider.restoreSecret(REFERENCE);
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('119');
    const versions = Array.from({ length: 130 }, (_, index) => `${index}`);
    server.addSecret({ name: 'many', versions });
    await provider.retireVersion('scw://secret-manager/many', '129');
    await expect(provider.retireVersion('scw://secret-manager/many', '130')).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('the secret is deleted by somebody else while it is written', () => {
  it('is CONFLICT to setSecret and NOT_FOUND to rotateSecret', async () => {
    const body = JSON.stringify({ type: 'not_found', resource: 'secret', resource_id: 'x', message: '' });
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'] });
    server.inject('none', { kind: 'status', status: 404, body });
    await expect(provider.setSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' });
    server.inject('none', { kind: 'status', status: 404, body });
    await expect(provider.rotateSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('retries', () => {
  it('are nobody’s business but the caller’s: a failed request is sent once', async () => {
    const { server, provider } = await startBackend();
    server.setFaults(() => [{ kind: 'status', status: 503 }]);
    await expect(provider.getSecret(REFERENCE)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(provider.setSecret(REFERENCE, { data: 'x' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a clock that is wrong', () => {
  it('changes nothing for reads and writes, and the wait of a throttled caller is by the clock of the service', async () => {
    const { server, connect } = await startBackend({}, { quotas: { requests: { quota: 3, windowSeconds: 30 } } });
    server.advance(-3 * 3_600_000);
    const provider = connect({ now: Date.now });
    await provider.setSecret(REFERENCE, { data: 'value' });
    const error: unknown = await provider.getSecret(REFERENCE).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'THROTTLED', retryAfterMs: expect.any(Number) });
    expect(Reflect.get(Object(error), 'retryAfterMs')).toBeLessThanOrEqual(30_000);
  });
});
