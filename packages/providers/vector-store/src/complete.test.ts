import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import { InMemoryVectorStore } from './testing/in-memory-vector-store.ts';
import type { VectorStoreProvider } from './vector-store-provider.ts';

const open = () => new InMemoryVectorStore({ collections: [{ name: 'c', dimensions: 2, metric: 'cosine' }] });

/** What an implementation of the first interface has. */
const small = (store: InMemoryVectorStore): VectorStoreProvider => ({
  upsert: (...call) => store.upsert(...call),
  search: (...call) => store.search(...call),
  delete: (...call) => store.delete(...call),
});

const withScan = (store: InMemoryVectorStore) => complete({ ...small(store), scan: (...call) => store.scan(...call) });

const items = [
  { id: '1', vector: [1, 0], payload: { source: 'x' } },
  { id: '2', vector: [0, 1], payload: { source: 'y' } },
  { id: '3', vector: [0, 1], payload: { source: 'x' }, namespace: 'n' },
];

describe('complete', () => {
  it('counts, removes and replaces by scanning', async () => {
    const store = open();
    const provider = withScan(store);
    await provider.upsert({ collection: 'c', documents: items });
    expect(await provider.count({ collection: 'c', filter: { source: 'x' } })).toBe(1);
    expect(await provider.count({ collection: 'c', allNamespaces: true })).toBe(3);
    await provider.replaceWhere({
      collection: 'c',
      namespace: 'n',
      filter: { source: 'x' },
      documents: [{ id: 'new', vector: [1, 1], payload: { source: 'z' } }],
    });
    expect(await store.fetch({ collection: 'c', ids: ['3', 'new'], namespace: 'n' })).toEqual([
      { id: 'new', namespace: 'n', payload: { source: 'z' } },
    ]);
    await provider.deleteWhere({ collection: 'c', allNamespaces: true, filter: { source: { $in: ['x', 'z'] } } });
    expect(await store.count({ collection: 'c', allNamespaces: true })).toBe(1);
  });

  it('refuses to remove without a filter, or by a filter that is none', async () => {
    const provider = withScan(open());
    await expect(provider.deleteWhere({ collection: 'c' })).rejects.toMatchObject({ code: 'invalid_request' });
    const filter = JSON.parse('{"a": {"$regex": "x"}}');
    await expect(provider.deleteWhere({ collection: 'c', filter })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it.each([
    ['createCollection', { name: 'c', dimensions: 2, metric: 'cosine' }],
    ['describeCollection', 'c'],
    ['listCollections', undefined],
    ['deleteCollection', 'c'],
    ['fetch', { collection: 'c', ids: [] }],
    ['updatePayload', { collection: 'c', ids: [], payload: {} }],
    ['count', { collection: 'c' }],
    ['deleteWhere', { collection: 'c', filter: {} }],
    ['replaceWhere', { collection: 'c', filter: {}, documents: [] }],
  ] as const)('rejects %s as unsupported where there is no way to it', async (method, argument) => {
    const call: unknown = Reflect.apply(Reflect.get(complete(small(open())), method), undefined, [argument]);
    await expect(call).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('fails a scan when it is read, not before', async () => {
    const scan = complete(small(open())).scan({ collection: 'c' });
    const read = async () => {
      for await (const document of scan) expect(document).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('uses what the provider has, and has nothing to close where it has not', async () => {
    const store = open();
    const provider = complete(store);
    expect(provider.capabilities).toBe(store.capabilities);
    expect(await provider.describeCollection('c')).toEqual({
      name: 'c',
      dimensions: 2,
      metric: 'cosine',
      documentCount: 0,
    });
    await expect(complete(small(store)).close()).resolves.toBeUndefined();
    await provider.close();
    await expect(provider.listCollections()).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('the in-memory store', () => {
  it('gives vectors and parts of payloads where they are asked for', async () => {
    const store = open();
    await store.upsert({ collection: 'c', documents: [{ id: '1', vector: [1, 0], payload: { a: 1, b: 2 } }] });
    const query = { collection: 'c', vector: [1, 0], topK: 1 };
    const hit = { id: '1', score: 1, distance: 0, rank: 0 };
    expect(await store.search({ ...query, includeVector: true, includePayload: ['a'] })).toEqual([
      { ...hit, vector: [1, 0], payload: { a: 1 } },
    ]);
    expect(await store.search({ ...query, includePayload: false })).toEqual([hit]);
  });

  it('changes fields of payloads and leaves the others', async () => {
    const store = open();
    await store.upsert({ collection: 'c', documents: items });
    await store.updatePayload({ collection: 'c', ids: ['1', '3', 'none'], payload: { seen: true } });
    expect(await store.fetch({ collection: 'c', ids: ['1'] })).toEqual([
      { id: '1', payload: { source: 'x', seen: true } },
    ]);
    expect(await store.fetch({ collection: 'c', ids: ['3'], namespace: 'n' })).toEqual([
      { id: '3', namespace: 'n', payload: { source: 'x' } },
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses topK %s', async (topK) => {
    await expect(open().search({ collection: 'c', vector: [1, 0], topK })).rejects.toMatchObject({ field: 'topK' });
  });
});
