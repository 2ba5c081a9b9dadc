import { describe, expectTypeOf, it } from 'vitest';
import type { CompleteVectorStoreProvider } from './complete.ts';
import type { VectorSearchResult } from './model/document.ts';
import type { VectorFilter } from './model/filter.ts';
import type { VectorSearchQuery } from './model/requests.ts';
import type { VectorStoreProvider } from './vector-store-provider.ts';

/** The first interface: no options, none of the later methods and fields. */
class FirstStore {
  async upsert(request: { collection: string; documents: readonly { id: string; vector: number[] }[] }): Promise<void> {
    expectTypeOf(request.documents.length).toBeNumber();
  }
  async search(query: {
    collection: string;
    vector: number[];
    topK: number;
  }): Promise<{ id: string; score: number }[]> {
    return [{ id: query.collection, score: query.topK }];
  }
  async delete(request: { collection: string; ids: readonly string[] }): Promise<void> {
    expectTypeOf(request.ids.length).toBeNumber();
  }
}

describe('the interface', () => {
  it('is fulfilled by implementations of the first one', () => {
    expectTypeOf<FirstStore>().toExtend<VectorStoreProvider>();
  });

  it('gives what consumers of the first one read', () => {
    expectTypeOf<VectorSearchResult['vector']>().toEqualTypeOf<number[] | undefined>();
    expectTypeOf<VectorSearchResult['score']>().toBeNumber();
  });

  it('has no optional method left when complete', () => {
    expectTypeOf<CompleteVectorStoreProvider['replaceWhere']>().toBeFunction();
    expectTypeOf<CompleteVectorStoreProvider>().toExtend<VectorStoreProvider>();
  });

  it('takes a filter, and the free records of before', () => {
    expectTypeOf<VectorFilter>().toExtend<NonNullable<VectorSearchQuery['filter']>>();
    expectTypeOf<Record<string, unknown>>().toExtend<NonNullable<VectorSearchQuery['filter']>>();
    // @ts-expect-error a function is no condition
    const wrong: VectorFilter = { size: () => true };
    expectTypeOf(wrong).not.toBeAny();
  });
});
