import type { ConformanceCase } from '@mortise/testing';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import type { VectorStoreConformanceTarget } from '../conformance-target.ts';
import { rejectsWith } from '../expectations.ts';
import { COLLECTION, direction, documents, withSubject } from '../with-subject.ts';

type Case = ConformanceCase<VectorStoreConformanceTarget>;

const AN_HOUR_MS = 3_600_000;
const ODD_NAMES = [`it's`, `a"b`, '$ne', 'a;b', '../x', '%', 'ünï 👩‍👩‍👧', `' OR 1=1 --`];

/** `vector-store.4` and `.9` to `.18`: what becomes of documents. */
export const documentCases: readonly Case[] = [
  {
    id: 'vector-store.4',
    title:
      'a namespace is a wall: nothing of one is seen, counted, fetched or removed from another or from the default',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const inA = { id: 'same', vector: direction(0), namespace: 'a', payload: { of: 'a' } };
        const inB = { id: 'same', vector: direction(0), namespace: 'b', payload: { of: 'b' } };
        await provider.upsert({ collection: COLLECTION, documents: [inA, inB], waitForSync: true });
        const search = async (scope: { namespace?: string; allNamespaces?: boolean }) =>
          (
            await provider.search({
              collection: COLLECTION,
              vector: direction(0),
              topK: 10,
              consistent: true,
              ...scope,
            })
          )
            .map(({ payload }) => String(payload?.['of']))
            .sort();
        checkEqual(await search({ namespace: 'a' }), ['a'], 'hits of namespace a');
        checkEqual(await search({}), [], 'hits of the default namespace');
        await provider.delete({ collection: COLLECTION, ids: ['same'] });
        await provider.delete({ collection: COLLECTION, ids: ['same'], namespace: 'b' });
        checkEqual(await search({ namespace: 'a' }), ['a'], 'hits of a after deleting in others');
        checkEqual(await search({ allNamespaces: true }), ['a'], 'hits of all namespaces after deleting in b');
        checkEqual(
          (await provider.fetch?.({ collection: COLLECTION, ids: ['same'] })) ?? [],
          [],
          'fetched from default',
        );
        checkEqual((await provider.count?.({ collection: COLLECTION, namespace: 'b' })) ?? 0, 0, 'count of b');
        await provider.deleteWhere?.({ collection: COLLECTION, namespace: 'b', filter: {} });
        checkEqual(await search({ namespace: 'a' }), ['a'], 'hits of a after emptying b');
      }),
  },
  {
    id: 'vector-store.9',
    title: 'with waitForSync the next search sees the write',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        for (let index = 0; index < 5; index += 1) {
          const vector = direction(index);
          await provider.upsert({
            collection: COLLECTION,
            documents: [{ id: `w-${index}`, vector }],
            waitForSync: true,
          });
          const [hit] = await provider.search({ collection: COLLECTION, vector, topK: 1 });
          checkEqual(hit?.id, `w-${index}`, 'closest hit right after the write');
        }
      }),
  },
  {
    id: 'vector-store.10',
    title: 'an expired document is not returned',
    run: (target) =>
      withSubject(target, async ({ provider, now, advance }) => {
        const at = (ms: number) => new Date(now() + ms);
        const items = [
          { id: 'gone', vector: direction(0), expiresAt: at(-1000) },
          { id: 'stays', vector: direction(0), expiresAt: at(2 * AN_HOUR_MS) },
          { id: 'going', vector: direction(0), expiresAt: at(AN_HOUR_MS) },
        ];
        await provider.upsert({ collection: COLLECTION, documents: items, waitForSync: true });
        const find = async () =>
          (await provider.search({ collection: COLLECTION, vector: direction(0), topK: 10 }))
            .map(({ id }) => id)
            .sort();
        checkEqual(await find(), ['going', 'stays'], 'hits before the hour');
        if (advance === undefined) return;
        await advance(AN_HOUR_MS);
        checkEqual(await find(), ['stays'], 'hits after the hour');
      }),
  },
  {
    id: 'vector-store.11',
    title: 'deleting ids that are not there succeeds, and deletes the others',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.upsert({ collection: COLLECTION, documents: documents(2), waitForSync: true });
        await provider.delete({ collection: COLLECTION, ids: ['no-such-id', 'd-0', 'd-0'] });
        const hits = await provider.search({
          collection: COLLECTION,
          vector: direction(0),
          topK: 10,
          consistent: true,
        });
        checkEqual(
          hits.map(({ id }) => id),
          ['d-1'],
          'hits',
        );
      }),
  },
  {
    id: 'vector-store.12',
    title: 'a thousand documents are written in one call, and a bad one among them leaves none half written',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.upsert({ collection: COLLECTION, documents: documents(1000), waitForSync: true });
        const hits = await provider.search({ collection: COLLECTION, vector: direction(0), topK: 1000 });
        checkEqual(hits.length, 1000, 'hits');
        const bad = [
          { id: 'good', vector: direction(1) },
          { id: 'bad', vector: [1] },
        ];
        await rejectsWith(
          provider.upsert({ collection: COLLECTION, documents: bad }),
          'invalid_request',
          'a bad document',
        );
        const [closest] = await provider.search({
          collection: COLLECTION,
          vector: direction(1),
          topK: 1,
          consistent: true,
        });
        check(closest?.id !== 'good', 'a call with a bad document wrote another one');
      }),
  },
  {
    id: 'vector-store.13',
    title: 'a payload comes back as it was, and what JSON cannot carry is refused',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const payload = {
          text: '👩‍👩‍👧 ‮עברית‬ é "quoted" \\',
          nested: { list: [1, [2, { three: null }], true], empty: {}, 'dotted.name': 1 },
          big: Number.MAX_SAFE_INTEGER,
          small: 1e-10,
        };
        const write = (id: string, given: Record<string, unknown>) =>
          provider.upsert({
            collection: COLLECTION,
            documents: [{ id, vector: direction(0), payload: given }],
            waitForSync: true,
          });
        await write('one', payload);
        const [hit] = await provider.search({ collection: COLLECTION, vector: direction(0), topK: 1 });
        checkEqual(hit?.payload, payload, 'payload');
        await rejectsWith(write('two', { big: 2n ** 64n }), 'invalid_request', 'a payload with a big integer');
      }),
  },
  {
    id: 'vector-store.14',
    title: 'a failure while describing or searching is told as it is, and makes no collection',
    requires: 'createCollection',
    run: (target) =>
      withSubject(target, async ({ provider, answerNextWith }) => {
        const names = async () => provider.listCollections?.() ?? fail('listCollections is missing');
        const before = await names();
        answerNextWith(401);
        const write = provider.upsert({ collection: 'secret', documents: documents(1) });
        await rejectsWith(write, 'unauthenticated', 'a write with a bad credential');
        await rejectsWith(
          provider.describeCollection?.('secret') ?? fail('describeCollection is missing'),
          'not_found',
          'a collection that is not there',
        );
        checkEqual(await names(), before, 'collections');
        const again = provider.createCollection?.({ name: COLLECTION, dimensions: 3, metric: 'cosine' });
        await rejectsWith(again ?? fail('createCollection is missing'), 'conflict', 'a collection with another spec');
      }),
  },
  {
    id: 'vector-store.15',
    title: 'names of fields, values and namespaces cannot change a query, whatever signs they hold',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.upsert({ collection: COLLECTION, documents: documents(3), waitForSync: true });
        for (const name of ODD_NAMES) {
          const own = { id: 'odd', vector: direction(2), namespace: name, payload: { [`f ${name}`]: name } };
          await provider.upsert({ collection: COLLECTION, documents: [own], waitForSync: true });
          const hits = await provider.search({
            collection: COLLECTION,
            vector: direction(2),
            topK: 10,
            namespace: name,
            filter: { [`f ${name}`]: name },
          });
          checkEqual(
            hits.map(({ id, namespace }) => [id, namespace]),
            [['odd', name]],
            `hits in the namespace ${name}`,
          );
          await provider.delete({ collection: COLLECTION, ids: ['odd'], namespace: name });
        }
        const rest = await provider.search({
          collection: COLLECTION,
          vector: direction(0),
          topK: 10,
          allNamespaces: true,
          consistent: true,
        });
        checkEqual(rest.length, 3, 'documents that are left');
      }),
  },
  {
    id: 'vector-store.16',
    title: 'a scan yields each document once in pages, and can be done once',
    requires: 'scan',
    run: (target) =>
      withSubject(target, async ({ provider, openRequests }) => {
        await provider.upsert({ collection: COLLECTION, documents: documents(25), waitForSync: true });
        const ids: string[] = [];
        const scan = () => provider.scan?.({ collection: COLLECTION, pageSize: 7 }) ?? fail('scan is missing');
        const first = scan();
        for await (const { id } of first) ids.push(id);
        checkEqual(
          ids.sort(),
          documents(25)
            .map(({ id }) => id)
            .sort(),
          'scanned ids',
        );
        let isRefused = false;
        try {
          for await (const { id } of first) check(id === '', 'a second pass yielded a document');
        } catch (error) {
          isRefused = !(error instanceof Error && error.name === 'ConformanceFailure');
        }
        check(isRefused, 'a second pass was not refused');
        for await (const { id } of scan()) {
          check(id !== '', 'a document without an id');
          break;
        }
        checkEqual(openRequests(), 0, 'requests under way after leaving early');
      }),
  },
  {
    id: 'vector-store.17',
    title: 'replacing puts new documents in the place of those that pass, and loses nothing when a new one is refused',
    requires: 'replaceWhere',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const items = documents(4, (index) => ({ payload: { source: index < 3 ? 'x' : 'y' } }));
        await provider.upsert({ collection: COLLECTION, documents: items, waitForSync: true });
        const replace = async (vector: number[]) =>
          provider.replaceWhere?.({
            collection: COLLECTION,
            filter: { source: 'x' },
            documents: [{ id: 'new', vector, payload: { source: 'x' } }],
          }) ?? fail('replaceWhere is missing');
        const ids = async () =>
          (await provider.search({ collection: COLLECTION, vector: direction(0), topK: 10, consistent: true }))
            .map(({ id }) => id)
            .sort();
        if (provider.capabilities?.atomicReplace === true) {
          await rejectsWith(replace([1]), 'invalid_request', 'a replacement of the wrong length');
          checkEqual(await ids(), ['d-0', 'd-1', 'd-2', 'd-3'], 'documents after a refused replacement');
        }
        await replace(direction(0));
        checkEqual(await ids(), ['d-3', 'new'], 'documents after the replacement');
      }),
  },
  {
    id: 'vector-store.18',
    title: 'removing by filter wants a filter',
    requires: 'deleteWhere',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await provider.upsert({ collection: COLLECTION, documents: documents(3), waitForSync: true });
        const remove = async (filter?: Record<string, never>) =>
          provider.deleteWhere?.({ collection: COLLECTION, ...(filter === undefined ? {} : { filter }) });
        await rejectsWith(remove(), 'invalid_request', 'deleteWhere without a filter');
        await remove({});
        const left = await provider.search({
          collection: COLLECTION,
          vector: direction(0),
          topK: 10,
          consistent: true,
        });
        checkEqual(left, [], 'documents after removing all');
      }),
  },
];
