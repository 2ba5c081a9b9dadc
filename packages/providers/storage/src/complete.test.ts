import { IntegrationError } from '@mortise/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import { completeGoogleDrive } from './drive/complete-google-drive.ts';
import { listAll } from './list-all.ts';
import type { ObjectStorageProvider } from './object-storage-provider.ts';
import { byBytes } from './testing/in-memory/bucket.ts';
import { InMemoryObjectStorage } from './testing/in-memory/in-memory-object-storage.ts';

const bucket = 'test-bucket';

/** A store with the first five methods alone. */
function minimal(): ObjectStorageProvider {
  const store = new InMemoryObjectStorage();
  return {
    putObject: (input, options) => store.putObject(input, options),
    getObject: (input, options) => store.getObject(input, options),
    deleteObject: (input, options) => store.deleteObject(input, options),
    generateSignedUrl: (input, options) => store.generateSignedUrl(input, options),
    listObjects: (query, options) => store.listObjects(query, options),
  };
}

async function textOf(store: ObjectStorageProvider, key: string): Promise<string | null> {
  const object = await store.getObject({ bucket, key, as: 'bytes' });
  return object === null ? null : new TextDecoder().decode(object.data);
}

describe('complete', () => {
  it('copies and moves through this process, with labels and type', async () => {
    const store = complete(minimal());
    await store.putObject({
      bucket,
      key: 'a',
      data: 'x',
      contentType: 'text/x',
      metadata: { n: '1' },
      tags: { t: '2' },
    });
    const source = { bucket, key: 'a' };
    await store.copyObject({ source, destination: { bucket, key: 'b' } });
    await store.copyObject({ source, destination: { bucket, key: 'c' }, metadata: { n: '3' }, contentType: 'text/y' });
    await store.moveObject({ source, destination: { bucket, key: 'd' } });
    const b = { contentType: 'text/x', metadata: { n: '1' }, tags: { t: '2' } };
    expect(await store.headObject({ bucket, key: 'b' })).toMatchObject(b);
    expect(await store.headObject({ bucket, key: 'c' })).toMatchObject({ contentType: 'text/y', metadata: { n: '3' } });
    expect(await store.headObject({ bucket, key: 'd' })).toMatchObject(b);
    expect(await textOf(store, 'a')).toBeNull();
    const missing = store.copyObject({ source, destination: { bucket, key: 'e' } });
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not delete an object that is moved onto itself', async () => {
    const store = complete(minimal());
    await store.putObject({ bucket, key: 'a', data: 'x' });
    await store.moveObject({ source: { bucket, key: 'a' }, destination: { bucket, key: 'a' } });
    expect(await textOf(store, 'a')).toBe('x');
  });

  it('knows an object without giving out its content, and null where there is none', async () => {
    const store = complete(minimal());
    await store.putObject({ bucket, key: 'a', data: 'x' });
    const head = await store.headObject({ bucket, key: 'a' });
    expect(head).toMatchObject({ key: 'a', sizeBytes: 1 });
    expect(head).not.toHaveProperty('data');
    expect(head).not.toHaveProperty('stream');
    expect(await store.headObject({ bucket, key: 'b' })).toBeNull();
  });

  it('deletes many one by one and keeps failures apart', async () => {
    const denied = new IntegrationError({ code: 'forbidden', message: 'no' });
    const store = complete({
      ...minimal(),
      deleteObject: ({ key }) => (key === 'b' ? Promise.reject(denied) : Promise.resolve()),
    });
    expect((await store.deleteObjects({ bucket, keys: ['a', 'b', 'c'] })).results).toEqual([
      { index: 0, ok: true, value: { key: 'a' } },
      { index: 1, ok: false, error: denied },
      { index: 2, ok: true, value: { key: 'c' } },
    ]);
  });

  it('deletes what is beneath a prefix, and refuses to empty a bucket', async () => {
    const store = complete(minimal());
    for (const key of ['a/1', 'a/2', 'ab']) await store.putObject({ bucket, key, data: key });
    expect(await store.deletePrefix({ bucket, prefix: 'a/' })).toEqual({ deletedCount: 2 });
    expect((await store.listObjects({ bucket })).objects.map(({ key }) => key)).toEqual(['ab']);
    await expect(store.deletePrefix({ bucket, prefix: '' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('presigns by a PUT link and says what that cannot enforce', async () => {
    const store = complete(minimal());
    const input = { bucket, key: 'a', expiresInSeconds: 60, contentType: 'text/plain' };
    const upload = await store.presignUpload({ ...input, maxBytes: 5 });
    expect(upload).toMatchObject({ method: 'PUT', headers: { 'content-type': 'text/plain' } });
    expect(upload.warnings?.map(({ field }) => field)).toEqual(['maxBytes']);
    expect(await store.presignUpload(input)).not.toHaveProperty('warnings');
  });

  it('rejects with "unsupported" where nothing can be composed', async () => {
    const store = complete(minimal());
    const calls = [
      store.getPublicUrl({ bucket, key: 'a' }),
      store.setVisibility({ bucket, key: 'a', visibility: 'public' }),
      store.listVersions({ bucket }),
      store.startUpload({ bucket, key: 'a' }),
      store.resumeUpload('x'),
      store.watch({ bucket })[Symbol.asyncIterator]().next(),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('uses the methods that a store has', async () => {
    const store = complete(new InMemoryObjectStorage());
    await store.putObject({ bucket, key: 'a', data: 'x' });
    expect((await store.listVersions({ bucket })).items).toHaveLength(1);
    expect((await store.presignUpload({ bucket, key: 'b', expiresInSeconds: 60 })).method).toBe('POST');
    expect(store.capabilities?.features).toContain('versions');
  });
});

describe('completeGoogleDrive', () => {
  it('rejects with "unsupported" where the provider lists and reads only', async () => {
    const drive = completeGoogleDrive({
      listFiles: () => Promise.resolve({ files: [] }),
      getFile: () => Promise.resolve(null),
    });
    expect(await drive.listFiles()).toEqual({ files: [] });
    expect(await drive.getFile('f')).toBeNull();
    const calls = [
      drive.watchChanges({ channelId: 'c', webhookUrl: 'https://example.com' }),
      drive.stopWatch({ delta: {} }),
      drive.listChanges(),
      drive.exportFile('f', 'text/plain'),
      drive.createFile({ name: 'a', mimeType: 'a/b' }),
      drive.updateFile('f', {}),
      drive.deleteFile('f'),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('listAll', () => {
  it('gives every key once and in order, whatever the size of pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.string({ minLength: 1, maxLength: 8 }).filter((key) => !key.includes('\0')),
          { maxLength: 12 },
        ),
        fc.integer({ min: 1, max: 5 }),
        async (keys, maxResults) => {
          const store = new InMemoryObjectStorage();
          for (const key of keys) await store.putObject({ bucket, key, data: '' });
          const seen: string[] = [];
          for await (const { key } of listAll(store, { bucket, maxResults })) seen.push(key);
          expect(seen).toEqual([...keys].sort(byBytes));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ends when its signal aborts', async () => {
    const store = new InMemoryObjectStorage();
    const reading = listAll(store, { bucket }, { signal: AbortSignal.abort() })[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('the order of keys', () => {
  it('is that of their UTF-8 bytes', () => {
    const encode = (text: string) => new TextEncoder().encode(text).toString().split(',').map(Number);
    const compare = (a: number[], b: number[]): number => {
      const at = a.findIndex((byte, index) => byte !== b[index]);
      return at === -1 ? a.length - b.length : b[at] === undefined ? 1 : (a[at] ?? 0) - (b[at] ?? 0);
    };
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(byBytes(a, b))).toBe(Math.sign(compare(encode(a), encode(b))));
      }),
    );
  });
});
