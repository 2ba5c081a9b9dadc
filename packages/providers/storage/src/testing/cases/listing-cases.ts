import type { ConformanceCase } from '@mortise/testing';
import { listAll } from '../../list-all.ts';
import { rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type StorageConformanceTarget, type StorageSubject, withStorage } from '../storage-target.ts';

const PAGE = 7;
const COUNT = 40;

/** Keys in the order of their UTF-8 bytes, which JavaScript sorts otherwise: U+FF5E comes before U+1F600. */
const BYTE_ORDER = ['A', 'B/1', 'a', 'z', 'é', '\uFF5E', '\u{1F600}'];

/** Many objects: `storage.8`, `storage.14` to `storage.16`. */
export const listingCases: readonly ConformanceCase<StorageConformanceTarget>[] = [
  {
    id: 'storage.8',
    title: 'pages hold every key once, in the order of bytes, and respect their size',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        await fill(subject, BYTE_ORDER.toReversed());
        checkEqual(
          (await storage.listObjects({ bucket })).objects.map(({ key }) => key),
          BYTE_ORDER,
          'order',
        );
        const keys = Array.from({ length: COUNT }, (_, n) => `many/${String(n).padStart(3, '0')}`);
        await fill(subject, keys);
        const seen: string[] = [];
        for await (const page of listAll(storage, { bucket, prefix: 'many/', maxResults: PAGE }).pages()) {
          check(page.items.length <= PAGE, `${page.items.length} objects on a page of ${PAGE}`);
          seen.push(...page.items.map(({ key }) => key));
        }
        checkEqual(seen, keys, 'keys over all pages');
        const { objects } = await storage.listObjects({ bucket, prefix: 'many/', startAfter: keys[36] ?? '' });
        checkEqual(
          objects.map(({ key }) => key),
          keys.slice(37),
          'keys after one',
        );
        await rejectsWith(storage.listObjects({ bucket, pageToken: 'foreign' }), 'invalid_request', 'a foreign token');
      }),
  },
  {
    id: 'storage.15',
    title: 'a delimiter folds keys into prefixes, each once over all pages',
    requires: 'delimiter',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        await fill(subject, ['top', 'a/1', 'a/2', 'a/deep/3', 'b/1', 'b/', 'c/x/1', 'c/x/2', 'c/y']);
        const list = async (prefix: string) => {
          const keys: string[] = [];
          const prefixes: string[] = [];
          let pageToken: string | undefined;
          let pages = 0;
          do {
            const query = { bucket, prefix, delimiter: '/', maxResults: 2 };
            const page = await storage.listObjects(pageToken === undefined ? query : { ...query, pageToken });
            check(page.objects.length + (page.prefixes?.length ?? 0) <= 2, 'a page of two has more entries');
            keys.push(...page.objects.map(({ key }) => key));
            prefixes.push(...(page.prefixes ?? fail('there are no prefixes')));
            pageToken = page.nextPageToken;
            pages += 1;
          } while (pageToken !== undefined && pages < 20);
          return { keys, prefixes };
        };
        checkEqual(await list(''), { keys: ['top'], prefixes: ['a/', 'b/', 'c/'] }, 'the top');
        checkEqual(await list('a/'), { keys: ['a/1', 'a/2'], prefixes: ['a/deep/'] }, 'beneath a/');
        checkEqual(await list('b/'), { keys: ['b/', 'b/1'], prefixes: [] }, 'beneath b/');
        checkEqual(await list('c/'), { keys: ['c/y'], prefixes: ['c/x/'] }, 'beneath c/');
      }),
  },
  {
    id: 'storage.14',
    title: 'writes and deletions meanwhile neither repeat nor hide the other keys',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        const kept = Array.from({ length: COUNT }, (_, n) => `k${String(n).padStart(3, '0')}`);
        const passing = Array.from({ length: COUNT }, (_, n) => `k${String(n).padStart(3, '0')}-passing`);
        await fill(subject, [...kept, ...passing]);
        const seen: string[] = [];
        let round = 0;
        for await (const page of listAll(storage, { bucket, maxResults: PAGE }).pages()) {
          seen.push(...page.items.map(({ key }) => key));
          const gone = passing[round];
          if (gone !== undefined) await storage.deleteObject({ bucket, key: gone });
          // Before what was read, where they would push everything on.
          await fill(subject, [`a-${round}-1`, `a-${round}-2`, `a-${round}-3`]);
          round += 1;
        }
        checkEqual(new Set(seen).size, seen.length, 'different keys');
        checkEqual(
          kept.filter((key) => !seen.includes(key)),
          [],
          'keys that were lost',
        );
      }),
  },
  {
    id: 'storage.16',
    title: 'many objects are deleted with one entry each, and a prefix deletes what is beneath it alone',
    requires: 'deleteObjects',
    run: (target) =>
      withStorage(target, async (subject) => {
        const { storage, bucket } = subject;
        await fill(subject, ['a/1', 'a/2', 'ab', 'b']);
        const { results } =
          (await storage.deleteObjects?.({ bucket, keys: ['b', 'none'] })) ?? fail('no deleteObjects');
        checkEqual(
          results.map(({ index, ok }) => [index, ok]),
          [
            [0, true],
            [1, true],
          ],
          'results',
        );
        const keysLeft = async () => (await storage.listObjects({ bucket })).objects.map(({ key }) => key);
        checkEqual(await keysLeft(), ['a/1', 'a/2', 'ab'], 'objects after deleting two keys');
        const deletion = storage.deletePrefix?.({ bucket, prefix: 'a/' });
        if (deletion === undefined) return;
        checkEqual(await deletion, { deletedCount: 2 }, 'what deletePrefix counts');
        checkEqual(await keysLeft(), ['ab'], 'objects after deleting a prefix');
        const everything = storage.deletePrefix?.({ bucket, prefix: '' }) ?? fail('no deletePrefix');
        await rejectsWith(everything, 'invalid_request', 'an empty prefix');
      }),
  },
];

async function fill({ storage, bucket }: StorageSubject, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => storage.putObject({ bucket, key, data: key })));
}
