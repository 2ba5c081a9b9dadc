import { describe, expect, it } from 'vitest';
import { complete } from '../complete.ts';
import { brokenStores } from './__fixtures__/broken-stores.ts';
import { checkVectorStoreProvider, describeVectorStoreProvider } from './check-vector-store-provider.ts';
import { inMemoryVectorStoreTarget } from './in-memory-target.ts';
import { vectorStoreConformanceCases } from './vector-store-conformance-cases.ts';

const LIMIT = { timeout: 60_000 };

const failed = async (target: Parameters<typeof checkVectorStoreProvider>[0]) =>
  (await checkVectorStoreProvider(target)).filter(({ status }) => status === 'failed');

describeVectorStoreProvider('the in-memory store', inMemoryVectorStoreTarget(), { describe, it });

describe('the conformance kit', () => {
  it('holds each check once', () => {
    const ids = vectorStoreConformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Array.from({ length: 18 }, (_, index) => `vector-store.${index + 1}`)));
  });

  it('lets an honest provider pass every check, none skipped', LIMIT, async () => {
    const outcomes = await checkVectorStoreProvider(inMemoryVectorStoreTarget());
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('lets it pass with the optional methods made from scan', LIMIT, async () => {
    const target = inMemoryVectorStoreTarget((store) =>
      complete({
        capabilities: { metrics: ['cosine', 'dot', 'euclidean'], hybrid: false },
        upsert: (...call) => store.upsert(...call),
        search: (...call) => store.search(...call),
        delete: (...call) => store.delete(...call),
        scan: (...call) => store.scan(...call),
        fetch: (...call) => store.fetch(...call),
        createCollection: (...call) => store.createCollection(...call),
        describeCollection: (...call) => store.describeCollection(...call),
        listCollections: (...call) => store.listCollections(...call),
        close: () => store.close(),
      }),
    );
    const outcomes = await checkVectorStoreProvider(target);
    expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('reports what a provider of the first interface lacks as skipped', LIMIT, async () => {
    const outcomes = await checkVectorStoreProvider(
      inMemoryVectorStoreTarget((store) => ({
        upsert: (...call) => store.upsert(...call),
        search: (...call) => store.search(...call),
        delete: (...call) => store.delete(...call),
      })),
    );
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'vector-store.14',
      'vector-store.16',
      'vector-store.17',
      'vector-store.18',
      'X16',
    ]);
  });

  it.each(brokenStores.map((broken) => [broken.fails, broken.mistake, broken.target] as const))(
    '%s alone finds a provider that %s',
    LIMIT,
    async (fails, _mistake, target) => {
      expect((await failed(target)).map(({ id }) => id)).toEqual([fails]);
    },
  );
});
