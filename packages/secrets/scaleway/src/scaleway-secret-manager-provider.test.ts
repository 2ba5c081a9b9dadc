import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { requestLines, startBackend, textOf } from './__fixtures__/backend.ts';

const REFERENCE = 'scw://secret-manager/tenants/acme/key';
const PLACE = { name: 'key', path: '/tenants/acme' };
const DAY_MS = 86_400_000;

describe('getSecret', () => {
  it('takes one round trip, by name and by id, and reports the concrete version', async () => {
    const { server, provider } = await startBackend();
    const id = server.addSecret({ ...PLACE, versions: ['one', 'two'] });
    for (const [reference, version, text] of [
      [REFERENCE, '2', 'two'],
      [`${REFERENCE}?version=1`, '1', 'one'],
      [`${REFERENCE}?version=latest`, '2', 'two'],
      [`scw://secret-manager/fr-par/${id}`, '2', 'two'],
      [`scw://secret-manager/${id}?version=1`, '1', 'one'],
    ] as const) {
      server.clearRequests();
      const value = await provider.getSecret(reference);
      expect([value.version, textOf(value)]).toEqual([version, text]);
      expect(value.metadata).toEqual({ region: 'fr-par', secretId: id, type: 'opaque' });
      expect(server.requests).toHaveLength(1);
    }
  });

  it('asks by path, name and project', async () => {
    const { server, provider } = await startBackend();
    const projectId = '33333333-3333-4333-8333-333333333333';
    server.addSecret({ name: 'key', region: 'nl-ams', projectId, versions: ['other'] });
    const value = await provider.getSecret(`scw://secret-manager/nl-ams/key?project=${projectId}&env=KEY`);
    expect(textOf(value)).toBe('other');
    const url = new URL(server.requests[0]?.path ?? '', 'http://localhost');
    expect(url.pathname).toBe('/secret-manager/v1beta1/regions/nl-ams/secrets-by-path/versions/latest_enabled/access');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      secret_path: '/',
      secret_name: 'key',
      project_id: projectId,
    });
  });

  it("lets the caller's version win over the reference's", async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one', 'two', 'three'] });
    expect(textOf(await provider.getSecret(`${REFERENCE}?version=1`, { version: '2' }))).toBe('two');
    await expect(provider.getSecret(REFERENCE, { version: '../../x' })).rejects.toMatchObject({ code: 'INVALID' });
    expect(server.requests).toHaveLength(1);
  });

  it('passes over a disabled version, unless it is the one that is asked for', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one', 'two', 'three'] });
    await provider.retireVersion(REFERENCE, '2');
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('three');
    await expect(provider.getSecret(`${REFERENCE}?version=2`)).rejects.toMatchObject({ code: 'VERSION_DISABLED' });
    await expect(provider.getSecret(`${REFERENCE}?version=9`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('reads what is empty, and what was written without a checksum', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: [''] });
    server.addSecret({ name: 'unchecked', versions: ['value'], hasChecksums: false });
    expect((await provider.getSecret(REFERENCE)).data).toEqual(new Uint8Array());
    expect(textOf(await provider.getSecret('scw://secret-manager/unchecked'))).toBe('value');
  });

  it.each(['checksum', 'payload', 'encoding', 'revision', 'empty'] as const)(
    'is INTEGRITY where the answer has another %s, and fine the next time',
    async (damage) => {
      const { server, provider } = await startBackend();
      server.addSecret({ ...PLACE, versions: ['one', 'two'] });
      server.damageReads(damage);
      const pinned = `${REFERENCE}?version=1`;
      await expect(provider.getSecret(pinned)).rejects.toMatchObject({ code: 'INTEGRITY', retryable: true });
      expect(textOf(await provider.getSecret(pinned))).toBe('one');
    },
  );

  it('is INTEGRITY where the answer is about another secret than the id', async () => {
    const { server, provider } = await startBackend();
    const id = server.addSecret({ ...PLACE, versions: ['one'] });
    server.damageReads('secret');
    await expect(provider.getSecret(`scw://secret-manager/${id}`)).rejects.toMatchObject({ code: 'INTEGRITY' });
  });

  it('ends a version that may be read once, and says so to the next reader', async () => {
    const { server, provider } = await startBackend();
    const ephemeralPolicy = { expiresOnceAccessed: true, action: 'disable' } as const;
    server.addSecret({ ...PLACE, versions: ['once'], ephemeralPolicy });
    expect(textOf(await provider.getSecret(`${REFERENCE}?version=1`))).toBe('once');
    await expect(provider.getSecret(`${REFERENCE}?version=1`)).rejects.toMatchObject({ code: 'VERSION_DISABLED' });
  });
});

describe('setSecret', () => {
  it('creates the secret in its folder, with its labels, and writes the version with its checksum', async () => {
    const { server, provider } = await startBackend({ newSecrets: { description: 'made by a test' } });
    const payload = { data: 'value', contentType: 'text/plain', labels: { team: 'billing' } };
    expect(await provider.setSecret(REFERENCE, payload)).toEqual({ reference: REFERENCE, version: '1' });
    expect(requestLines(server)).toEqual(['GET /secrets', 'POST /secrets', 'POST /secrets/{id}/versions']);
    const [stored] = server.secrets;
    expect(stored).toMatchObject({
      ...PLACE,
      region: 'fr-par',
      projectId: server.projectId,
      type: 'opaque',
      isProtected: false,
      tags: ['team=billing', 'contentType=text/plain'],
      versions: [{ revision: 1, status: 'enabled', crc32: crc32('value') }],
    });
    expect(server.requests[2]?.json()).toEqual({ data: 'dmFsdWU=', data_crc32: crc32('value') });
  });

  it('adds a version to a secret that is there, in two requests by name and one by id', async () => {
    const { server, provider } = await startBackend();
    const id = server.addSecret({ ...PLACE, versions: ['one'], tags: ['mine'] });
    expect((await provider.setSecret(REFERENCE, { data: 'two' })).version).toBe('2');
    expect(requestLines(server)).toEqual(['GET /secrets', 'POST /secrets/{id}/versions']);
    server.clearRequests();
    const byId = `scw://secret-manager/fr-par/${id}`;
    expect(await provider.setSecret(`${byId}?env=KEY`, { data: 'three' })).toEqual({ reference: byId, version: '3' });
    expect(requestLines(server)).toEqual(['POST /secrets/{id}/versions']);
    expect(server.secrets[0]?.tags).toEqual(['mine']);
  });

  it('cannot create what is named by its id', async () => {
    const { provider } = await startBackend();
    const reference = 'scw://secret-manager/624d7f85-d701-41e3-8c42-be04a5b42fc8';
    await expect(provider.setSecret(reference, { data: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('finds exactly the secret of this name, however many there are like it', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ name: 'key', path: '/tenants', versions: ['other'] });
    server.addSecret({ name: 'key', path: '/tenants/acme', region: 'pl-waw', versions: ['other'] });
    await provider.setSecret(REFERENCE, { data: 'mine' });
    expect(server.secrets).toHaveLength(3);
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('mine');
  });

  it('takes for success that somebody else creates the secret at the same time', async () => {
    const { server, provider, connect } = await startBackend();
    const providers = [provider, ...Array.from({ length: 7 }, () => connect())];
    const results = await Promise.all(
      providers.map(async (one, index) => one.setSecret(REFERENCE, { data: `${index}` })),
    );
    expect(server.secrets).toHaveLength(1);
    expect(new Set(results.map(({ version }) => version)).size).toBe(8);
    for (const [index, { version }] of results.entries()) {
      expect(textOf(await provider.getSecret(REFERENCE, { version }))).toBe(`${index}`);
    }
  });

  it('merges labels into the tags of a secret that is there, and asks for nothing if they are there already', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, tags: ['plain', 'team=old', 'stage=live'], versions: ['one'] });
    await provider.setSecret(REFERENCE, { data: 'two', labels: { team: 'new' } });
    expect(server.secrets[0]?.tags).toEqual(['plain', 'stage=live', 'team=new']);
    server.clearRequests();
    await provider.setSecret(REFERENCE, { data: 'three', labels: { team: 'new' } });
    expect(requestLines(server)).toEqual(['GET /secrets', 'POST /secrets/{id}/versions']);
  });

  it('creates with the type, protection and policy of the options', async () => {
    const { server, provider } = await startBackend({
      newSecrets: {
        type: 'key_value',
        isProtected: true,
        ephemeralPolicy: { timeToLiveMs: 90_000, action: 'disable' },
      },
    });
    await provider.setSecret(REFERENCE, { data: '{"key":"value"}' });
    expect(server.secrets[0]).toMatchObject({ type: 'key_value', isProtected: true });
    expect(server.requests[1]?.json()).toMatchObject({ ephemeral_policy: { time_to_live: '90s', action: 'disable' } });
    await expect(provider.setSecret(REFERENCE, { data: 'no JSON' })).rejects.toMatchObject({ code: 'INVALID' });
    server.advance(90_000);
    await expect(provider.getSecret(`${REFERENCE}?version=1`)).rejects.toMatchObject({ code: 'VERSION_DISABLED' });
  });

  it('is refused before any request where it could not be kept', async () => {
    const { server, provider } = await startBackend();
    const large = { data: new Uint8Array(65_537) };
    await expect(provider.setSecret(REFERENCE, large)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    for (const version of ['1', 'latest', 'latest_enabled']) {
      const pinned = provider.setSecret(`${REFERENCE}?version=${version}`, { data: 'x' });
      await expect(pinned).rejects.toMatchObject({ code: 'INVALID' });
    }
    for (const labels of [{ '': 'x' }, { 'a=b': 'x' }, { contentType: 'x' }, { a: 'x\n' }]) {
      await expect(provider.setSecret(REFERENCE, { data: 'x', labels })).rejects.toMatchObject({ code: 'INVALID' });
    }
    for (const idempotencyKey of ['', 'k'.repeat(257)]) {
      const write = provider.setSecret(REFERENCE, { data: 'x' }, { idempotencyKey });
      await expect(write).rejects.toMatchObject({ code: 'INVALID' });
    }
    expect(server.requests).toEqual([]);
  });

  it('is PENDING_DELETION where a deleted secret still holds the name, and a new secret where it does not', async () => {
    for (const isNameReusable of [false, true]) {
      const { server, provider } = await startBackend({}, { isNameReusable });
      server.addSecret({ ...PLACE, versions: ['old'] });
      await provider.deleteSecret(REFERENCE);
      const write = provider.setSecret(REFERENCE, { data: 'new' });
      if (isNameReusable) expect((await write).version).toBe('1');
      else await expect(write).rejects.toMatchObject({ code: 'PENDING_DELETION' });
    }
  });

  it('says that a quota is used up', async () => {
    const { server, provider } = await startBackend({}, { quotas: { secrets: 2, versionsPerSecret: 1 } });
    server.addSecret({ ...PLACE, versions: ['one'] });
    await expect(provider.setSecret(REFERENCE, { data: 'two' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await provider.setSecret('scw://secret-manager/second', { data: 'x' });
    await expect(provider.setSecret('scw://secret-manager/third', { data: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('quota'),
    });
  });

  it('is CONFLICT on a secret that Scaleway has locked', async () => {
    const { server, provider } = await startBackend();
    server.setLocked(server.addSecret({ ...PLACE, versions: ['one'] }), true);
    await expect(provider.setSecret(REFERENCE, { data: 'two' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('rotateSecret', () => {
  it('reports the version that was current, which stays readable, and never disables it', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one', 'two'] });
    const rotated = await provider.rotateSecret(REFERENCE, { data: 'three' }, { overlapMs: 365 * DAY_MS });
    expect(rotated).toEqual({ reference: REFERENCE, version: '3', previousVersion: '2' });
    expect(textOf(await provider.getSecret(REFERENCE, { version: '2' }))).toBe('two');
    expect(requestLines(server).slice(0, 3)).toEqual([
      'GET /secrets',
      'GET /secrets/{id}/versions',
      'POST /secrets/{id}/versions',
    ]);
    expect(server.requests[2]?.json()).not.toHaveProperty('disable_previous');
  });

  it('is NOT_FOUND for a secret that has no version yet, and writes none', async () => {
    const { server, provider } = await startBackend();
    const id = server.addSecret(PLACE);
    for (const reference of [REFERENCE, `scw://secret-manager/${id}`]) {
      await expect(provider.rotateSecret(reference, { data: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(server.secrets[0]?.versions).toEqual([]);
  });

  it('writes also where every version is disabled, and then names none before', async () => {
    const { server, provider } = await startBackend();
    const ephemeralPolicy = { timeToLiveMs: 1000, action: 'disable' } as const;
    server.addSecret({ ...PLACE, versions: ['one'], ephemeralPolicy });
    server.advance(1000);
    expect(await provider.rotateSecret(REFERENCE, { data: 'two' })).toEqual({ reference: REFERENCE, version: '2' });
  });

  it.each([
    ['ends before it', { timeToLiveMs: 60_000, action: 'disable' }, 60_001, 'UNSUPPORTED'],
    ['lasts as long', { timeToLiveMs: 60_000, action: 'disable' }, 59_000, '2'],
    ['ends with a read', { expiresOnceAccessed: true, action: 'delete' }, 1, 'UNSUPPORTED'],
  ] as const)(
    'keeps an overlap that is asked for, or refuses: the current version %s',
    async (_, policy, overlapMs, expected) => {
      const { server, provider } = await startBackend({}, { startMs: 1_790_000_000_000 });
      server.addSecret({ ...PLACE, versions: ['one'], ephemeralPolicy: policy });
      const outcome = await provider.rotateSecret(REFERENCE, { data: 'two' }, { overlapMs }).then(
        ({ version }) => version,
        ({ code }: { code: string }) => code,
      );
      expect(outcome).toBe(expected);
      expect(server.secrets[0]?.versions).toHaveLength(expected === '2' ? 2 : 1);
    },
  );

  it.each([-1, Number.NaN, Infinity])('refuses an overlap of %d ms', async (overlapMs) => {
    const { provider } = await startBackend();
    const rotation = provider.rotateSecret(REFERENCE, { data: 'x' }, { overlapMs });
    await expect(rotation).rejects.toMatchObject({ code: 'INVALID' });
  });
});

describe('an idempotency key', () => {
  it('makes a repetition report the first version, by whatever provider and after later writes', async () => {
    const { server, provider, connect } = await startBackend();
    const first = await provider.setSecret(REFERENCE, { data: 'one' }, { idempotencyKey: 'é'.repeat(256) });
    await provider.setSecret(REFERENCE, { data: 'two' });
    const again = await connect().rotateSecret(REFERENCE, { data: 'one' }, { idempotencyKey: 'é'.repeat(256) });
    expect(again).toEqual(first);
    expect(server.secrets[0]?.versions).toHaveLength(2);
  });

  it('is CONFLICT where the version written under it is not enabled any more', async () => {
    const { provider } = await startBackend();
    await provider.setSecret(REFERENCE, { data: 'one' }, { idempotencyKey: 'key' });
    await provider.setSecret(REFERENCE, { data: 'two' });
    await provider.retireVersion(REFERENCE, '1');
    const again = provider.setSecret(REFERENCE, { data: 'one' }, { idempotencyKey: 'key' });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('does not use up a version that may be read once', async () => {
    const newSecrets = { ephemeralPolicy: { expiresOnceAccessed: true, action: 'delete' } } as const;
    const { provider } = await startBackend({ newSecrets });
    const write = async () => provider.setSecret(REFERENCE, { data: 'once' }, { idempotencyKey: 'key' });
    expect(await write()).toEqual(await write());
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('once');
  });

  it('makes a write whose answer was lost safe to repeat', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'] });
    const write = async () => provider.rotateSecret(REFERENCE, { data: 'two' }, { idempotencyKey: 'key' });
    server.inject('none', 'none', { kind: 'reset', afterBytes: 0 });
    await expect(write()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect((await write()).version).toBe('2');
    expect(server.secrets[0]?.versions).toHaveLength(2);
  });
});

describe('deleteSecret', () => {
  it('schedules the deletion of all versions, for whoever asks, by id as by name', async () => {
    const { server, provider } = await startBackend();
    const id = server.addSecret({ ...PLACE, versions: ['one'] });
    await provider.deleteSecret(REFERENCE, { recoveryWindowDays: 7 });
    expect(server.secrets[0]).toMatchObject({ isScheduledForDeletion: true });
    await expect(provider.getSecret(REFERENCE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const byId = `scw://secret-manager/${id}`;
    await expect(provider.getSecret(byId)).rejects.toMatchObject({ code: 'PENDING_DELETION' });
    await expect(provider.setSecret(byId, { data: 'x' })).rejects.toMatchObject({ code: 'PENDING_DELETION' });
    await expect(provider.deleteSecret(REFERENCE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    server.advance(7 * DAY_MS);
    expect(server.secrets).toEqual([]);
    await expect(provider.getSecret(byId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is UNSUPPORTED before any request with another window, or for good', async () => {
    const { server, provider } = await startBackend();
    for (const options of [{ recoveryWindowDays: 30 }, { recoveryWindowDays: 0 }, { force: true }]) {
      await expect(provider.deleteSecret(REFERENCE, options)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    }
    expect(server.requests).toEqual([]);
  });

  it('is UNSUPPORTED with a window for an ephemeral secret, which goes at once', async () => {
    const { server, provider } = await startBackend();
    const ephemeralPolicy = { timeToLiveMs: 60_000, action: 'delete' } as const;
    const id = server.addSecret({ ...PLACE, versions: ['one'], ephemeralPolicy });
    for (const reference of [REFERENCE, `scw://secret-manager/${id}`]) {
      const deletion = provider.deleteSecret(reference, { recoveryWindowDays: 7 });
      await expect(deletion).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    }
    await provider.deleteSecret(REFERENCE);
    expect(server.secrets).toEqual([]);
  });

  it('is CONFLICT for a protected secret, and says why', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'], isProtected: true });
    await expect(provider.deleteSecret(REFERENCE)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('protected'),
    });
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('one');
  });

  it('refuses a reference to a version', async () => {
    const { server, provider } = await startBackend();
    await expect(provider.deleteSecret(`${REFERENCE}?version=1`)).rejects.toMatchObject({ code: 'INVALID' });
    expect(server.requests).toEqual([]);
  });
});

describe('restoreSecret', () => {
  it('brings back what was deleted last under the name, with its versions as they were', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['older'] });
    await provider.deleteSecret(REFERENCE);
    server.advance(1000);
    server.addSecret({ ...PLACE, versions: ['newer', 'newest'] });
    await provider.retireVersion(REFERENCE, '1');
    await provider.deleteSecret(REFERENCE);
    await provider.restoreSecret(REFERENCE);
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('newest');
    await expect(provider.getSecret(`${REFERENCE}?version=1`)).rejects.toMatchObject({ code: 'VERSION_DISABLED' });
  });

  it('leaves alone what is not deleted, also where another secret of the name is', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['older'] });
    await provider.deleteSecret(REFERENCE);
    const id = server.addSecret({ ...PLACE, versions: ['newer'] });
    await provider.restoreSecret(REFERENCE);
    await provider.restoreSecret(`scw://secret-manager/${id}`);
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('newer');
    expect(server.secrets.filter(({ isScheduledForDeletion }) => isScheduledForDeletion)).toHaveLength(1);
  });

  it('goes by id, too, until the window has passed', async () => {
    const { server, provider } = await startBackend({}, { startMs: 1_790_000_000_000 });
    const id = server.addSecret({ ...PLACE, versions: ['one'] });
    const byId = `scw://secret-manager/${id}`;
    await provider.deleteSecret(byId);
    server.advance(7 * DAY_MS - 1);
    await provider.restoreSecret(byId);
    expect(textOf(await provider.getSecret(REFERENCE))).toBe('one');
    await provider.deleteSecret(byId);
    server.advance(7 * DAY_MS);
    for (const reference of [byId, REFERENCE]) {
      await expect(provider.restoreSecret(reference)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('retireVersion', () => {
  it('disables, or schedules the deletion of the version, as the options say', async () => {
    for (const [retireBy, status] of [
      ['disable', 'disabled'],
      ['delete', 'scheduled_for_deletion'],
    ] as const) {
      const { server, provider } = await startBackend({ retireBy });
      server.addSecret({ ...PLACE, versions: ['one', 'two'] });
      await provider.retireVersion(REFERENCE, '1');
      await provider.retireVersion(REFERENCE, '1');
      expect(server.secrets[0]?.versions.map((version) => version.status)).toEqual([status, 'enabled']);
    }
  });

  it('is CONFLICT for the current version, NOT_FOUND for one that never was, INVALID for an alias', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one', 'two'] });
    await expect(provider.retireVersion(REFERENCE, '2')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(provider.retireVersion(REFERENCE, '3')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(provider.retireVersion(REFERENCE, 'latest')).rejects.toMatchObject({ code: 'INVALID' });
    expect(server.secrets[0]?.versions.every(({ status }) => status === 'enabled')).toBe(true);
  });
});

describe('a closed provider', () => {
  it('refuses every call with INVALID, and lets those under way end', async () => {
    const { server, provider } = await startBackend();
    server.addSecret({ ...PLACE, versions: ['one'] });
    const reading = provider.getSecret(REFERENCE);
    await provider.close();
    expect(textOf(await reading)).toBe('one');
    server.clearRequests();
    for (const call of [
      provider.getSecret(REFERENCE),
      provider.setSecret(REFERENCE, { data: 'x' }),
      provider.rotateSecret(REFERENCE, { data: 'x' }),
      provider.deleteSecret(REFERENCE),
      provider.restoreSecret(REFERENCE),
      provider.retireVersion(REFERENCE, '1'),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'INVALID', message: expect.stringContaining('closed') });
    }
    expect(server.requests).toEqual([]);
  });
});
