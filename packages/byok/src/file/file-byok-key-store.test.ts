import { chmod, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { byokKeyStoreCases } from '../testing/byok-key-store-cases.ts';
import { newRecord } from '../record/new-record.ts';
import { connectionOf, OWNER } from '../__fixtures__/application.ts';
import { FileByokKeyStore } from './file-byok-key-store.ts';

const RECORD = newRecord({ connection: connectionOf() }, 0);

async function temporaryDirectory(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'mortise-byok-')));
  onTestFinished(async () => rm(directory, { recursive: true, force: true }));
  return join(directory, 'records', 'byok');
}

async function onlyRecordDirectory(directory: string): Promise<string> {
  const [name = '', ...others] = await readdir(directory);
  expect(others).toEqual([]);
  return join(directory, name);
}

describe('the file store', () => {
  it.each(byokKeyStoreCases)('$id $title', async (check) => {
    const directory = await temporaryDirectory();
    const subject = {
      store: new FileByokKeyStore({ directory }),
      reopen: async () => new FileByokKeyStore({ directory }),
    };
    await expect(check.run(subject)).resolves.toBeUndefined();
  });

  it('lets exactly one of several stores on one directory win, and loses no save', async () => {
    const directory = await temporaryDirectory();
    const stores = Array.from({ length: 4 }, () => new FileByokKeyStore({ directory }));
    await stores[0]?.save(RECORD);
    await Promise.all(
      stores.map(async (store) => {
        for (let done = 0; done < 10;) {
          const record = await store.load(OWNER);
          if (record === undefined) throw new TypeError('the record is gone');
          if ((await store.save({ ...record, generation: record.generation + 1 })) !== undefined) done += 1;
        }
      }),
    );
    expect(await stores[0]?.load(OWNER)).toMatchObject({ generation: 40, revision: 41 });
  });

  it('keeps one file for each record, for its own user alone', async () => {
    const directory = await temporaryDirectory();
    const store = new FileByokKeyStore({ directory });
    let record = await store.save(RECORD);
    for (let round = 0; round < 5 && record !== undefined; round += 1) record = await store.save(record);
    const inside = await onlyRecordDirectory(directory);
    expect(await readdir(inside)).toEqual(['000000000000006.json']);
    expect((await stat(inside)).mode & 0o777).toBe(0o700);
    expect((await stat(join(inside, '000000000000006.json'))).mode & 0o777).toBe(0o600);
  });

  it('clears away what a killed writer left', async () => {
    const directory = await temporaryDirectory();
    const store = new FileByokKeyStore({ directory });
    const first = await store.save(RECORD);
    const inside = await onlyRecordDirectory(directory);
    await writeFile(join(inside, `.w-${'0'.repeat(32)}`), '{"half');
    expect(await store.load(OWNER)).toEqual(first);
    if (first !== undefined) await store.save(first);
    expect(await readdir(inside)).toEqual(['000000000000002.json']);
  });

  it('reads nothing, and makes nothing, where there is no directory yet', async () => {
    const directory = await temporaryDirectory();
    const store = new FileByokKeyStore({ directory });
    expect(await store.load(OWNER)).toBeUndefined();
    for await (const record of store.list()) expect.unreachable(record.connectionId);
    await expect(readdir(directory)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['no JSON', '{"format":1'],
    ['no record', '{"format":2}'],
    ['a field that no record has', JSON.stringify({ ...RECORD, revision: 2, apiKey: 'sk' })],
  ])('refuses a file that holds %s as corrupt', async (_what, content) => {
    const directory = await temporaryDirectory();
    const store = new FileByokKeyStore({ directory });
    await store.save(RECORD);
    await writeFile(join(await onlyRecordDirectory(directory), '000000000000002.json'), content);
    await expect(store.load(OWNER)).rejects.toMatchObject({ name: 'ByokError', code: 'STORE_CORRUPT' });
  });

  it('refuses a directory that other users can write, unless it is told to ignore modes', async () => {
    const directory = await temporaryDirectory();
    await new FileByokKeyStore({ directory }).save(RECORD);
    await chmod(directory, 0o722);
    const refusal = { name: 'ByokError', code: 'STORE_FAILED', retry: 'never', message: /chmod go-w/ };
    await expect(new FileByokKeyStore({ directory }).load(OWNER)).rejects.toMatchObject({
      ...refusal,
      message: expect.stringMatching(refusal.message),
    });
    expect(await new FileByokKeyStore({ directory, permissions: 'ignore' }).load(OWNER)).toMatchObject(OWNER);
  });

  it('says what failed where the file system fails', async () => {
    const directory = await temporaryDirectory();
    await new FileByokKeyStore({ directory }).save(RECORD);
    const file = join(await onlyRecordDirectory(directory), '000000000000001.json');
    await expect(new FileByokKeyStore({ directory: file }).load(OWNER)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('is not a directory'),
    });
    await expect(new FileByokKeyStore({ directory: join(file, 'below') }).save(RECORD)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: 'The file store could not save the record of connection "c1" (ENOTDIR)',
      retryable: false,
    });
  });

  it('wants a directory', () => {
    expect(() => new FileByokKeyStore({ directory: '' })).toThrow('"directory" is empty');
  });
});
