import { describe, expect, it } from 'vitest';
import { brokenDrives, brokenStores } from './__fixtures__/broken-providers.ts';
import {
  checkGoogleDriveProvider,
  describeGoogleDriveProvider,
  googleDriveConformanceCases,
} from './check-google-drive-provider.ts';
import { checkStorageProvider, describeStorageProvider, storageConformanceCases } from './check-storage-provider.ts';
import { inMemoryDriveTarget, inMemoryStorageTarget } from './in-memory-targets.ts';

/** Each kit takes less than a second, and longer on a machine that is busy. */
const LIMIT = { timeout: 60_000 };

describeStorageProvider('the in-memory store', inMemoryStorageTarget(), { describe, it });
describeGoogleDriveProvider('the in-memory Drive', inMemoryDriveTarget(), { describe, it });

describe('the conformance kit for object stores', () => {
  it('lets an honest store pass every check and skips none', LIMIT, async () => {
    const outcomes = await checkStorageProvider(inMemoryStorageTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('has a broken store for every check', () => {
    expect(brokenStores.map(({ fails }) => fails).sort()).toEqual(storageConformanceCases.map(({ id }) => id).sort());
  });

  it.each(brokenStores.map((broken) => [broken.fails, broken.mistake, broken] as const))(
    '%s alone finds a store that %s',
    LIMIT,
    async (fails, _mistake, { target, wrap }) => {
      const outcomes = await checkStorageProvider(target ?? inMemoryStorageTarget(wrap));
      const failed = outcomes.filter(({ status }) => status === 'failed');
      expect(Object.fromEntries(failed.map(({ id, reason }) => [id, reason]))).toEqual({ [fails]: expect.any(String) });
    },
  );

  it('skips what a store with the first five methods cannot do, and names the reason', LIMIT, async () => {
    const target = inMemoryStorageTarget((storage) => ({
      putObject: (input, options) => storage.putObject(input, options),
      getObject: (input, options) => storage.getObject(input, options),
      deleteObject: (input, options) => storage.deleteObject(input, options),
      generateSignedUrl: (input, options) => storage.generateSignedUrl(input, options),
      listObjects: (query, options) => storage.listObjects(query, options),
    }));
    const outcomes = await checkStorageProvider(target);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.find(({ id }) => id === 'storage.12')?.reason).toBe('capability "startUpload" is not declared');
  });
});

describe('the conformance kit for Drive', () => {
  it('lets an honest Drive pass every check and skips none', LIMIT, async () => {
    const outcomes = await checkGoogleDriveProvider(inMemoryDriveTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('has a broken Drive for every check of its own', () => {
    const own = googleDriveConformanceCases.map(({ id }) => id).filter((id) => id.startsWith('drive.'));
    expect(brokenDrives.map(({ fails }) => fails)).toEqual(own);
  });

  it.each(brokenDrives.map((broken) => [broken.fails, broken.mistake, broken.wrap] as const))(
    '%s alone finds a Drive that %s',
    LIMIT,
    async (fails, _mistake, wrap) => {
      const outcomes = await checkGoogleDriveProvider(inMemoryDriveTarget(wrap));
      const failed = outcomes.filter(({ status }) => status === 'failed');
      expect(Object.fromEntries(failed.map(({ id, reason }) => [id, reason]))).toEqual({ [fails]: expect.any(String) });
    },
  );
});
