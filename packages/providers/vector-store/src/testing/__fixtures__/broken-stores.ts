import { IntegrationError } from '@mortise/core';
import { matchesVectorFilter } from '../../model/match-filter.ts';
import type { VectorSearchQuery } from '../../model/requests.ts';
import type { VectorStoreProvider } from '../../vector-store-provider.ts';
import type { VectorStoreConformanceTarget } from '../conformance-target.ts';
import type { InMemoryVectorStore } from '../in-memory-vector-store.ts';
import { inMemoryVectorStoreTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
export interface BrokenStore {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: VectorStoreConformanceTarget;
}

/** The honest provider with some methods replaced. */
function broken(
  fails: string,
  mistake: string,
  replace: (honest: InMemoryVectorStore) => Partial<VectorStoreProvider>,
): BrokenStore {
  const target = inMemoryVectorStoreTarget((honest) => {
    const replaced = replace(honest);
    return new Proxy<VectorStoreProvider>(honest, {
      get: (_honest, name) => {
        const own: unknown = Reflect.get(replaced, name);
        const value: unknown = own ?? Reflect.get(honest, name);
        return typeof value === 'function' && own === undefined ? value.bind(honest) : value;
      },
    });
  });
  return { fails, mistake, target };
}

const inQuery =
  (spoil: (query: VectorSearchQuery) => VectorSearchQuery) =>
  (honest: InMemoryVectorStore): Partial<VectorStoreProvider> => ({
    search: (query, options) => honest.search(spoil(query), options),
  });

export const brokenStores: readonly BrokenStore[] = [
  broken('vector-store.1', 'gives no hits for a collection that is not there', (honest) => ({
    search: (query, options) =>
      query.collection === 'no-such-collection' ? Promise.resolve([]) : honest.search(query, options),
  })),
  broken('vector-store.2', 'merges payloads on writing', (honest) => ({
    upsert: async (request, options) => {
      const documents = [];
      for (const document of request.documents) {
        const isKnown = document.id === 'one' && document.payload?.['fresh'] === true;
        const payload = isKnown ? { old: true, ...document.payload } : document.payload;
        documents.push(payload === undefined ? document : { ...document, payload });
      }
      await honest.upsert({ ...request, documents }, options);
    },
  })),
  broken('vector-store.3', 'gives the raw value for the score by Euclidean distance', (honest) => ({
    search: async (query, options) => {
      const hits = await honest.search(query, options);
      return query.collection.startsWith('euclidean')
        ? hits.map((hit) => ({ ...hit, score: hit.distance ?? 0 }))
        : hits;
    },
  })),
  broken(
    'vector-store.4',
    'takes a missing namespace for all of them',
    inQuery((query) => (query.namespace === undefined ? { ...query, allNamespaces: true } : query)),
  ),
  broken(
    'vector-store.5',
    'passes over $exists',
    inQuery((query) => (JSON.stringify(query.filter ?? {}).includes('$exists') ? { ...query, filter: {} } : query)),
  ),
  broken(
    'vector-store.6',
    'passes over filters that it does not know',
    inQuery((query) => {
      try {
        matchesVectorFilter({}, query.filter ?? {});
        return query;
      } catch {
        return { ...query, filter: {} };
      }
    }),
  ),
  broken('vector-store.7', 'filters after the limit', (honest) => ({
    search: async (query, options) => {
      const { filter = {}, ...rest } = query;
      if (!('isFar' in filter)) return honest.search(query, options);
      const hits = await honest.search(rest, options);
      return hits.filter(({ payload }) => matchesVectorFilter(payload, filter));
    },
  })),
  broken('vector-store.8', 'says only that a vector is wrong', (honest) => ({
    upsert: (request, options) =>
      honest.upsert(request, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.field !== 'vector') throw error;
        throw new IntegrationError({ code: 'invalid_request', field: 'vector', message: 'vector: wrong length' });
      }),
  })),
  broken('vector-store.9', 'writes later than it says', (honest) => {
    const held: Parameters<InMemoryVectorStore['upsert']>[] = [];
    const release = async () => {
      for (const call of held.splice(0)) await honest.upsert(...call);
    };
    return {
      upsert: async (request, options) => {
        await release();
        if (request.documents[0]?.id.startsWith('w-') === true) held.push([request, options]);
        else await honest.upsert(request, options);
      },
    };
  }),
  broken('vector-store.10', 'keeps expired documents', (honest) => ({
    upsert: (request, options) => {
      const documents = request.documents.map(({ expiresAt: _expiresAt, ...document }) => document);
      return honest.upsert({ ...request, documents }, options);
    },
  })),
  broken('vector-store.11', 'refuses to delete what is not there', (honest) => ({
    delete: (request, options) =>
      request.ids.includes('no-such-id')
        ? Promise.reject(new IntegrationError({ code: 'not_found', message: 'There is no such document' }))
        : honest.delete(request, options),
  })),
  broken('vector-store.12', 'writes one document after the other, whatever comes', (honest) => ({
    upsert: async (request, options) => {
      if (request.documents.length !== 2 || request.documents[0]?.id !== 'good') return honest.upsert(request, options);
      for (const document of request.documents) await honest.upsert({ ...request, documents: [document] }, options);
    },
  })),
  broken('vector-store.13', 'writes big integers as text', (honest) => ({
    upsert: (request, options) => {
      const documents = request.documents.map(({ payload, ...document }) =>
        payload === undefined
          ? document
          : {
              ...document,
              payload: Object.fromEntries(
                Object.entries(payload).map(([name, value]) => [
                  name,
                  typeof value === 'bigint' ? String(value) : value,
                ]),
              ),
            },
      );
      return honest.upsert({ ...request, documents }, options);
    },
  })),
  broken('vector-store.14', 'makes a collection when it could not look it up', (honest) => ({
    upsert: (request, options) =>
      honest.upsert(request, options).catch(async (error: unknown) => {
        if (request.collection === 'secret') {
          await honest.createCollection({ name: 'secret', dimensions: 8, metric: 'cosine' });
        }
        throw error;
      }),
  })),
  broken('vector-store.15', 'cuts namespaces at quotes', (honest) => ({
    upsert: (request, options) => {
      const documents = request.documents.map((document) =>
        document.namespace === undefined
          ? document
          : { ...document, namespace: document.namespace.split(/["']/)[0] ?? '' },
      );
      return honest.upsert({ ...request, documents }, options);
    },
  })),
  broken('vector-store.17', 'removes before it looks at what comes instead', (honest) => ({
    replaceWhere: async ({ collection, filter, documents }, options) => {
      await honest.deleteWhere({ collection, filter }, options);
      await honest.upsert({ collection, documents }, options);
    },
  })),
  broken('vector-store.18', 'removes everything without a filter', (honest) => ({
    deleteWhere: (request, options) => honest.deleteWhere({ filter: {}, ...request }, options),
  })),
  broken('X11', 'tells every failure as one that may be retried', (honest) => ({
    search: (query, options) =>
      honest.search(query, options).catch((error: unknown) => {
        if (!IntegrationError.is(error) || error.httpStatus === undefined) throw error;
        throw new IntegrationError({ code: error.code, message: error.message, retry: 'transient' });
      }),
  })),
  broken(
    'X20',
    'takes hybrid searches that it declares not to take',
    inQuery(({ text: _text, fusion: _fusion, ...query }) => query),
  ),
];
