import type { ConformanceCase } from '@mortise/testing';
import { rejectionOf, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import {
  bytesOf,
  contentOf,
  sampleBytes,
  shown,
  streamed,
  type StorageConformanceTarget,
  withStorage,
} from '../storage-target.ts';

const KEY = 'folder/object.bin';
const WRITERS = 20;
const ODD_KEYS = [
  'with space',
  'a%20b',
  'a+b',
  'a#b?c=d&e',
  'ünï/çødé-日本-👩‍👧',
  '../up',
  'a/../b',
  './here',
  '/leading',
  'double//slash',
  'trailing/',
  'k'.repeat(1_024),
];

/** One object: `storage.1`, `storage.3` to `storage.7`, `storage.9`, `storage.13`, `storage.17`. */
export const objectCases: readonly ConformanceCase<StorageConformanceTarget>[] = [
  {
    id: 'storage.1',
    title: 'bytes, text, streams of unknown length and nothing at all come back as they were written',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const large = sampleBytes(50_001);
        const sources: [string, Parameters<typeof storage.putObject>[0]['data'], Uint8Array][] = [
          ['bytes', large, large],
          ['a view into a larger buffer', large.subarray(7, 1_000), large.slice(7, 1_000)],
          ['a buffer', large.slice(0, 100).buffer, large.slice(0, 100)],
          ['nothing', new Uint8Array(), new Uint8Array()],
          ['text', 'é👍', new TextEncoder().encode('é👍')],
          ['a blob', new Blob([large.slice(0, 9)]), large.slice(0, 9)],
          ['a stream', streamed(large, 20_000), large],
          ['a web stream', new Blob([large.slice()]).stream(), large],
        ];
        for (const [what, data, expected] of sources) {
          const written = await storage.putObject({ bucket, key: KEY, data, contentType: 'application/x-test' });
          checkEqual(written.sizeBytes, expected.length, `size of ${what}`);
          checkEqual(shown(await contentOf(subject, KEY)), shown(expected), `content of ${what}`);
          const object = await storage.getObject({ bucket, key: KEY, as: 'stream' });
          check(object?.stream !== undefined, `${what}: no stream where one was asked for`);
          checkEqual(shown(await bytesOf(object)), shown(expected), `streamed content of ${what}`);
          checkEqual([object.bucket, object.key, object.contentType], [bucket, KEY, 'application/x-test'], what);
        }
      }),
  },
  {
    id: 'storage.3',
    title: 'a range gives exactly its bytes, with both ends included, and one past the end is refused',
    requires: 'ranges',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const data = sampleBytes(1_000);
        await storage.putObject({ bucket, key: KEY, data });
        const ranges: [{ start: number; end?: number }, number, number][] = [
          [{ start: 0, end: 0 }, 0, 0],
          [{ start: 0, end: 9 }, 0, 9],
          [{ start: 100, end: 299 }, 100, 299],
          [{ start: 990 }, 990, 999],
          [{ start: 999, end: 5_000 }, 999, 999],
        ];
        for (const [range, start, end] of ranges) {
          const what = `range ${range.start} to ${range.end ?? 'the end'}`;
          const object = (await storage.getObject({ bucket, key: KEY, range })) ?? fail(`${what}: no object`);
          checkEqual(shown(await bytesOf(object)), shown(data.slice(start, end + 1)), what);
          checkEqual(object.contentRange, { start, end, sizeBytes: 1_000 }, `contentRange of ${what}`);
          checkEqual(object.sizeBytes, 1_000, `size of the whole object at ${what}`);
        }
        for (const range of [{ start: 1_000 }, { start: 5, end: 2 }, { start: -1 }]) {
          await rejectsWith(storage.getObject({ bucket, key: KEY, range }), 'invalid_request', JSON.stringify(range));
        }
      }),
  },
  {
    id: 'storage.4',
    title: 'of many writers that want no object to be there, one wins',
    requires: 'conditions',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const outcomes = await Promise.all(
          Array.from({ length: WRITERS }, (_, n) =>
            storage.putObject({ bucket, key: KEY, data: sampleBytes(100, n), ifNoneMatch: '*' }).then(
              () => n,
              async (error: unknown) => {
                const { code } = await rejectionOf(Promise.reject(error), 'a writer that came late');
                return code;
              },
            ),
          ),
        );
        const winners = outcomes.filter((outcome) => typeof outcome === 'number');
        checkEqual(winners.length, 1, 'writers that won');
        const codes = outcomes.filter((outcome) => typeof outcome === 'string');
        checkEqual([...new Set(codes)], ['precondition_failed'], 'codes');
        checkEqual(shown(await contentOf(subject, KEY)), shown(sampleBytes(100, winners[0])), 'content');
      }),
  },
  {
    id: 'storage.5',
    title: 'a write for an etag that is no longer current fails and changes nothing',
    requires: 'conditions',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const { etag: first = '' } = await storage.putObject({ bucket, key: KEY, data: 'one' });
        const { etag: second = '' } = await storage.putObject({ bucket, key: KEY, data: 'two', ifMatch: first });
        check(first !== '' && first !== second, 'two versions have the same etag');
        await rejectsWith(
          storage.putObject({ bucket, key: KEY, data: 'lost', ifMatch: first }),
          'precondition_failed',
          'a write for an old etag',
        );
        await rejectsWith(
          storage.putObject({ bucket, key: 'none', data: 'lost', ifMatch: first }),
          'precondition_failed',
          'a write for an etag where there is no object',
        );
        checkEqual(shown(await contentOf(subject, KEY)), shown(new TextEncoder().encode('two')), 'content');
        checkEqual(await contentOf(subject, 'none'), null, 'the object that was not there');
        const reads = [{ ifMatch: first }, { ifNoneMatch: second }];
        for (const condition of reads) {
          const read = storage.getObject({ bucket, key: KEY, ...condition });
          await rejectsWith(read, 'precondition_failed', `a read with ${Object.keys(condition).join('')}`);
        }
        check(
          (await storage.getObject({ bucket, key: KEY, ifNoneMatch: first })) !== null,
          'a changed object is not read',
        );
      }),
  },
  {
    id: 'storage.6',
    title: 'an upload whose checksum or size does not fit is refused and leaves nothing',
    requires: 'checksums',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const sums = { sha256: SHA256_OF_ABC, crc32c: 'Nks/tw==', md5: 'kAFQmDzST7DWlj99KOF/cg==' };
        for (const algorithm of storage.capabilities?.checksumAlgorithms ?? []) {
          if (algorithm === 'crc64nvme') continue;
          const value = sums[algorithm];
          const wrong = {
            algorithm,
            value: algorithm === 'crc32c' ? 'AAAAAA==' : value.replace(/^./, (char) => (char === 'A' ? 'B' : 'A')),
          };
          const put = (checksum: typeof wrong) => storage.putObject({ bucket, key: KEY, data: 'abc', checksum });
          await rejectsWith(put(wrong), 'invalid_request', `a wrong ${algorithm}`);
          checkEqual(await contentOf(subject, KEY), null, `the object after a wrong ${algorithm}`);
          await put({ algorithm, value });
          await storage.deleteObject({ bucket, key: KEY });
        }
        await rejectsWith(
          storage.putObject({ bucket, key: KEY, data: streamed(sampleBytes(10), 3), sizeBytes: 11 }),
          'invalid_request',
          'a stream of another length',
        );
        checkEqual(await contentOf(subject, KEY), null, 'the object after a stream of another length');
      }),
  },
  {
    id: 'storage.7',
    title: 'an unusual key comes back unchanged or is refused, and never reaches another object',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const written = new Map<string, number>();
        for (const [index, key] of ODD_KEYS.entries()) {
          const error = await storage.putObject({ bucket, key, data: sampleBytes(50, index) }).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error === undefined) written.set(key, index);
          else
            await rejectsWith(Promise.reject(error), 'invalid_request', `the key ${JSON.stringify(key.slice(0, 20))}`);
        }
        for (const [key, index] of written) {
          checkEqual(
            shown(await contentOf(subject, key)),
            shown(sampleBytes(50, index)),
            `content of ${key.slice(0, 20)}`,
          );
        }
        const { objects } = await storage.listObjects({ bucket });
        checkEqual(objects.map(({ key }) => key).sort(), [...written.keys()].sort(), 'listed keys');
        await rejectsWith(storage.putObject({ bucket, key: '', data: 'a' }), 'invalid_request', 'an empty key');
        await rejectsWith(
          storage.putObject({ bucket, key: 'k'.repeat(1_025), data: 'a' }),
          'invalid_request',
          'a key that is too long',
        );
      }),
  },
  {
    id: 'storage.9',
    title: 'deleting what is not there succeeds, getting it is null, and a missing bucket is neither',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        await storage.deleteObject({ bucket, key: 'none' });
        checkEqual(await storage.getObject({ bucket, key: 'none' }), null, 'an object that is not there');
        if (storage.headObject !== undefined) {
          checkEqual(await storage.headObject({ bucket, key: 'none' }), null, 'what is known of it');
        }
        await storage.putObject({ bucket, key: KEY, data: 'a' });
        await storage.deleteObject({ bucket, key: KEY });
        checkEqual(await storage.getObject({ bucket, key: KEY }), null, 'a deleted object');
        checkEqual((await storage.listObjects({ bucket })).objects, [], 'listed objects');
        const missing = `${bucket}-missing`;
        await rejectsWith(
          storage.getObject({ bucket: missing, key: KEY }),
          'not_found',
          'getting from a missing bucket',
        );
        await rejectsWith(
          storage.deleteObject({ bucket: missing, key: KEY }),
          'not_found',
          'deleting from a missing bucket',
        );
      }),
  },
  {
    id: 'storage.13',
    title: 'labels, type and headers come along when an object is copied or moved',
    requires: 'copyObject',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const described = {
          contentType: 'text/x-test; charset=utf-8',
          metadata: { owner: 'ann', note: 'a b' },
          cacheControl: 'max-age=60',
          contentDisposition: 'attachment; filename="a.txt"',
        };
        await storage.putObject({ bucket, key: KEY, data: 'content', ...described });
        const source = { bucket, key: KEY };
        await storage.copyObject?.({ source, destination: { bucket, key: 'copy' } });
        await storage.moveObject?.({ source, destination: { bucket, key: 'moved' } });
        for (const key of storage.moveObject === undefined ? ['copy'] : ['copy', 'moved']) {
          const object = (await storage.getObject({ bucket, key })) ?? fail(`there is no object ${key}`);
          const { contentType, metadata, cacheControl, contentDisposition } = object;
          checkEqual({ contentType, metadata, cacheControl, contentDisposition }, described, `what is known of ${key}`);
          checkEqual(shown(await bytesOf(object)), shown(new TextEncoder().encode('content')), `content of ${key}`);
        }
        if (storage.moveObject !== undefined) checkEqual(await contentOf(subject, KEY), null, 'the source of the move');
        const again = storage.copyObject?.({ source: { bucket, key: 'none' }, destination: { bucket, key: 'x' } });
        await rejectsWith(again ?? fail('there is no copyObject'), 'not_found', 'a copy of nothing');
      }),
  },
  {
    id: 'storage.17',
    title: 'former versions can be listed and read after an overwrite and a deletion',
    requires: 'versions',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const { versionId: first = fail('a write gave no version') } = await storage.putObject({
          bucket,
          key: KEY,
          data: 'one',
        });
        await storage.putObject({ bucket, key: KEY, data: 'two' });
        await storage.deleteObject({ bucket, key: KEY });
        const old =
          (await storage.getObject({ bucket, key: KEY, versionId: first })) ?? fail('the first version is gone');
        checkEqual(shown(await bytesOf(old)), shown(new TextEncoder().encode('one')), 'content of the first version');
        const versions = await storage.listVersions?.({ bucket, prefix: KEY });
        checkEqual(
          versions?.items.map(({ isDeleteMarker }) => isDeleteMarker === true),
          [true, false, false],
          'versions, newest first',
        );
      }),
  },
];

/** Of `abc` (FIPS 180-2, appendix B.1). */
const SHA256_OF_ABC = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';
