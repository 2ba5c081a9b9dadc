import { type CallOptions, IntegrationError, type Sleep } from '@mortise/core';
import type { VectorStoreCapabilities } from '../capabilities.ts';
import type { VectorCollectionDescription, VectorCollectionSpec } from '../model/collection.ts';
import type { StoredVectorDocument, VectorSearchResult } from '../model/document.ts';
import type {
  VectorDeleteRequest,
  VectorFetchRequest,
  VectorFilterRequest,
  VectorPayloadUpdate,
  VectorReplaceRequest,
  VectorScanRequest,
  VectorSearchQuery,
  VectorUpsertRequest,
} from '../model/requests.ts';
import type { VectorStoreProvider } from '../vector-store-provider.ts';
import { refusal, ServiceLine } from './service-line.ts';
import { toStored, VectorCollection } from './vector-collection.ts';

export interface InMemoryVectorStoreOptions {
  /** Collections that are there already. */
  readonly collections?: readonly VectorCollectionSpec[];
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const DEFAULT_PAGE_SIZE = 256;

/**
 * A vector store in memory that keeps every rule of `VectorStoreProvider`: exact search by every metric, the reference against which
 * the kit is tested, and a double for the tests of applications. Not for large collections: a search looks at every document.
 */
export class InMemoryVectorStore implements VectorStoreProvider {
  readonly capabilities: VectorStoreCapabilities = {
    methods: {
      createCollection: 'native',
      describeCollection: 'native',
      listCollections: 'native',
      deleteCollection: 'native',
      fetch: 'native',
      deleteWhere: 'native',
      updatePayload: 'native',
      scan: 'native',
      count: 'native',
      replaceWhere: 'native',
    },
    metrics: ['cosine', 'dot', 'euclidean'],
    hybrid: false,
    atomicReplace: true,
    maxDimensions: 65_536,
  };
  readonly line: ServiceLine;
  readonly #collections = new Map<string, VectorCollection>();
  readonly #now: () => number;

  constructor(options: InMemoryVectorStoreOptions = {}) {
    this.line = new ServiceLine(options.sleep === undefined ? {} : { sleep: options.sleep });
    this.#now = options.now ?? Date.now;
    for (const spec of options.collections ?? []) this.#add(spec);
  }

  upsert(request: VectorUpsertRequest, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => this.#find(request.collection).put(request.documents));
  }

  search(query: VectorSearchQuery, options?: CallOptions): Promise<VectorSearchResult[]> {
    return this.line.send(options, () => {
      for (const field of ['sparse', 'text', 'fusion', 'diversify'] as const) {
        if (query[field] !== undefined) {
          throw new IntegrationError({
            code: 'unsupported',
            field,
            message: `${field}: this store searches by vector alone`,
          });
        }
      }
      return this.#find(query.collection).search(query);
    });
  }

  delete(request: VectorDeleteRequest, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => this.#find(request.collection).remove(request.ids, request.namespace));
  }

  createCollection(spec: VectorCollectionSpec, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      const there = this.#collections.get(spec.name);
      if (there === undefined) this.#add(spec);
      else if (there.spec.dimensions !== spec.dimensions || there.spec.metric !== spec.metric) {
        throw new IntegrationError({
          code: 'conflict',
          message: `The collection "${spec.name}" is there with another spec`,
        });
      }
    });
  }

  describeCollection(name: string, options?: CallOptions): Promise<VectorCollectionDescription> {
    return this.line.send(options, () => {
      const collection = this.#find(name);
      return { ...collection.spec, documentCount: collection.size };
    });
  }

  listCollections(options?: CallOptions): Promise<string[]> {
    return this.line.send(options, () => [...this.#collections.keys()].sort());
  }

  deleteCollection(name: string, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      this.#collections.delete(name);
    });
  }

  fetch(request: VectorFetchRequest, options?: CallOptions): Promise<StoredVectorDocument[]> {
    return this.line.send(options, () =>
      this.#find(request.collection)
        .get(request.ids, request.namespace)
        .map((point) => toStored(point, request.includeVector ?? false)),
    );
  }

  deleteWhere(request: VectorFilterRequest, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      if (request.filter === undefined) throw refusal('filter: expected one; {} for all', 'filter');
      this.#find(request.collection).removeWhere(request);
    });
  }

  updatePayload(update: VectorPayloadUpdate, options?: CallOptions): Promise<void> {
    return this.line.send(options, () =>
      this.#find(update.collection).setPayload(update.ids, update.payload, update.namespace),
    );
  }

  scan(request: VectorScanRequest, options?: CallOptions): AsyncIterable<StoredVectorDocument> {
    let isTaken = false;
    const start = () => this.#scan(request, options);
    return {
      [Symbol.asyncIterator]() {
        if (isTaken) throw refusal('The documents can be iterated only once; call scan again');
        isTaken = true;
        return start();
      },
    };
  }

  count(request: VectorFilterRequest, options?: CallOptions): Promise<number> {
    return this.line.send(options, () => this.#find(request.collection).list(request).length);
  }

  replaceWhere(request: VectorReplaceRequest, options?: CallOptions): Promise<void> {
    return this.line.send(options, () => {
      const { namespace, documents } = request;
      const collection = this.#find(request.collection);
      const placed = documents.map((document) => ({ ...document, ...(namespace === undefined ? {} : { namespace }) }));
      // Checked first, in a collection of its own, so that nothing is lost where a document is refused.
      new VectorCollection(collection.spec, this.#now).put(placed);
      collection.removeWhere(request);
      collection.put(placed);
    });
  }

  close(): Promise<void> {
    this.line.close();
    return Promise.resolve();
  }

  async *#scan(
    request: VectorScanRequest,
    options: CallOptions | undefined,
  ): AsyncGenerator<StoredVectorDocument, void> {
    const { pageSize = DEFAULT_PAGE_SIZE, includeVector = false } = request;
    const seen = new Set<string>();
    for (;;) {
      const page = await this.line.send(options, () =>
        this.#find(request.collection)
          .list(request)
          .filter(({ namespace, id }) => !seen.has(JSON.stringify([namespace, id])))
          .slice(0, pageSize),
      );
      if (page.length === 0) return;
      for (const point of page) {
        seen.add(JSON.stringify([point.namespace, point.id]));
        yield toStored(point, includeVector);
      }
    }
  }

  #add(spec: VectorCollectionSpec): void {
    this.#collections.set(spec.name, new VectorCollection(structuredClone(spec), this.#now));
  }

  #find(name: string): VectorCollection {
    const collection = this.#collections.get(name);
    if (collection !== undefined) return collection;
    throw new IntegrationError({ code: 'not_found', message: `There is no collection "${name}"` });
  }
}
