import { describe, expect, it } from 'vitest';
import { IN_MEMORY_ORIGIN, InMemoryObjectStorage } from './in-memory-object-storage.ts';
import { InMemoryGoogleDrive } from './in-memory-google-drive.ts';

const bucket = 'test-bucket';

describe('the in-memory store', () => {
  it('tells how much of a stream came', async () => {
    const told: number[] = [];
    async function* pieces() {
      yield Uint8Array.of(1, 2);
      yield Uint8Array.of(3);
    }
    await new InMemoryObjectStorage().putObject({ bucket, key: 'a', data: pieces(), onProgress: (n) => told.push(n) });
    expect(told).toEqual([2, 3]);
  });

  it('gives a stream that can be read once', async () => {
    const store = new InMemoryObjectStorage();
    await store.putObject({ bucket, key: 'a', data: 'x' });
    const object = await store.getObject({ bucket, key: 'a', as: 'stream' });
    object?.stream?.[Symbol.asyncIterator]();
    expect(() => object?.stream?.[Symbol.asyncIterator]()).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  it('names what it does not keep, and refuses checksums that it cannot compute', async () => {
    const store = new InMemoryObjectStorage();
    const { warnings } = await store.putObject({ bucket, key: 'a', data: 'x', storageClass: 'COLD' });
    expect(warnings?.map(({ field }) => field)).toEqual(['storageClass']);
    const put = store.putObject({ bucket, key: 'a', data: 'x', checksum: { algorithm: 'md5', value: '' } });
    await expect(put).rejects.toMatchObject({ code: 'unsupported', field: 'checksum' });
  });

  it('drops one version for good where one is named', async () => {
    const store = new InMemoryObjectStorage();
    const { versionId = '' } = await store.putObject({ bucket, key: 'a', data: 'one' });
    await store.putObject({ bucket, key: 'a', data: 'two' });
    await store.deleteObject({ bucket, key: 'a', versionId });
    expect((await store.listVersions({ bucket })).items).toHaveLength(1);
    expect(await store.getObject({ bucket, key: 'a', versionId })).toBeNull();
    expect((await store.headObject({ bucket, key: 'a' }))?.sizeBytes).toBe(3);
  });

  it.each([0, -1, Number.NaN, 604_801])('signs no link for %d seconds', async (expiresInSeconds) => {
    const link = new InMemoryObjectStorage().generateSignedUrl({ bucket, key: 'a', expiresInSeconds });
    await expect(link).rejects.toMatchObject({ code: 'invalid_request', field: 'expiresInSeconds' });
  });

  it('takes no link of another store, and no address without a signature', async () => {
    const [one, other] = [new InMemoryObjectStorage(), new InMemoryObjectStorage()];
    await other.putObject({ bucket, key: 'a', data: 'x' });
    const { url } = await one.generateSignedUrl({ bucket, key: 'a', expiresInSeconds: 60 });
    expect((await other.fetch(url)).status).toBe(403);
    expect((await other.fetch(`${IN_MEMORY_ORIGIN}/${bucket}/a`)).status).toBe(403);
    expect((await other.fetch(`${IN_MEMORY_ORIGIN}/${bucket}`, { method: 'POST', body: new FormData() })).status).toBe(
      403,
    );
  });
});

describe('the search of the in-memory Drive', () => {
  it.each([
    [`name = 'it\\'s and more' and trashed = false`, ['quoted']],
    [`name contains 'MORE'`, ['quoted']],
    [`mimeType = 'text/html'`, ['page']],
    [`trashed = true`, ['binned']],
  ])('understands %s', async (query, expected) => {
    const drive = new InMemoryGoogleDrive();
    const ids = new Map<string, string>();
    const add = async (label: string, name: string, mimeType = 'text/plain') => {
      const { id } = await drive.createFile({ name, mimeType });
      ids.set(id, label);
      return id;
    };
    await add('quoted', `it's and more`);
    await add('page', 'p', 'text/html');
    await drive.updateFile(await add('binned', 'b'), { trashed: true });
    expect((await drive.listFiles({ query })).files.map(({ id }) => ids.get(id))).toEqual(expected);
  });

  it('refuses what it does not understand instead of guessing', async () => {
    const listing = new InMemoryGoogleDrive().listFiles({ query: 'fullText contains x' });
    await expect(listing).rejects.toMatchObject({ code: 'invalid_request', field: 'query' });
  });
});
