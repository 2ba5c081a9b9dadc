import { type CallOptions, IntegrationError } from '@mortise/core';
import type { VectorStoreMethod } from './capabilities.ts';
import type { StoredVectorDocument } from './model/document.ts';
import { parseVectorFilter } from './model/filter.ts';
import type { VectorFilterRequest, VectorReplaceRequest, VectorScanRequest } from './model/requests.ts';
import type { VectorStoreProvider } from './vector-store-provider.ts';

/** A provider with every optional method in place. */
export type CompleteVectorStoreProvider = VectorStoreProvider & {
  readonly [Method in VectorStoreMethod | 'close']-?: NonNullable<VectorStoreProvider[Method]>;
};

/** Ids that are removed per call. */
const DELETE_BATCH = 500;

/**
 * Fills in what a provider lacks: `count` and `deleteWhere` from `scan`, `replaceWhere` from `deleteWhere` and `upsert` (with a gap
 * between the two), `close` as nothing to do. Everything else becomes a method that rejects with `unsupported`. Methods that the
 * provider has are used as they are.
 */
export function complete(provider: VectorStoreProvider): CompleteVectorStoreProvider {
  const { capabilities } = provider;
  const scan = (request: VectorScanRequest, options?: CallOptions): AsyncIterable<StoredVectorDocument> =>
    provider.scan?.(request, options) ?? fails('scan');
  const deleteWhere = async (request: VectorFilterRequest, options?: CallOptions): Promise<void> =>
    provider.deleteWhere?.(request, options) ?? deleteScanned(provider, request, options);
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    upsert: (request, options) => provider.upsert(request, options),
    search: (query, options) => provider.search(query, options),
    delete: (request, options) => provider.delete(request, options),
    createCollection: async (spec, options) => provider.createCollection?.(spec, options) ?? reject('createCollection'),
    describeCollection: async (name, options) =>
      provider.describeCollection?.(name, options) ?? reject('describeCollection'),
    listCollections: async (options) => provider.listCollections?.(options) ?? reject('listCollections'),
    deleteCollection: async (name, options) => provider.deleteCollection?.(name, options) ?? reject('deleteCollection'),
    fetch: async (request, options) => provider.fetch?.(request, options) ?? reject('fetch'),
    updatePayload: async (update, options) => provider.updatePayload?.(update, options) ?? reject('updatePayload'),
    scan,
    count: async (request, options) => provider.count?.(request, options) ?? countScanned(scan(request, options)),
    deleteWhere,
    replaceWhere: async (request, options) =>
      provider.replaceWhere?.(request, options) ?? replace(provider, deleteWhere, request, options),
    close: async () => provider.close?.(),
  };
}

async function replace(
  provider: VectorStoreProvider,
  deleteWhere: CompleteVectorStoreProvider['deleteWhere'],
  { collection, namespace, filter, documents }: VectorReplaceRequest,
  options: CallOptions | undefined,
): Promise<void> {
  const scope = { collection, ...(namespace === undefined ? {} : { namespace }) };
  await deleteWhere({ ...scope, filter }, options);
  const placed = documents.map((document) => ({ ...document, ...(namespace === undefined ? {} : { namespace }) }));
  await provider.upsert({ collection, documents: placed, waitForSync: true }, options);
}

async function deleteScanned(
  provider: VectorStoreProvider,
  request: VectorFilterRequest,
  options: CallOptions | undefined,
): Promise<void> {
  if (request.filter === undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'filter',
      message: 'filter: expected one; {} for all',
    });
  }
  parseVectorFilter(request.filter);
  const { collection } = request;
  const byNamespace = new Map<string | undefined, string[]>();
  for await (const { id, namespace } of provider.scan?.(request, options) ?? fails('deleteWhere')) {
    const ids = byNamespace.get(namespace) ?? [];
    ids.push(id);
    byNamespace.set(namespace, ids);
  }
  for (const [namespace, ids] of byNamespace) {
    const scope = { collection, ...(namespace === undefined ? {} : { namespace }) };
    for (let start = 0; start < ids.length; start += DELETE_BATCH) {
      await provider.delete({ ...scope, ids: ids.slice(start, start + DELETE_BATCH) }, options);
    }
  }
}

async function countScanned(documents: AsyncIterable<StoredVectorDocument>): Promise<number> {
  const ids: string[] = [];
  for await (const { id } of documents) ids.push(id);
  return ids.length;
}

/** An iterable that fails when it is read. */
function fails(method: string): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: async () => reject(method) }) };
}

function reject(method: string): never {
  throw new IntegrationError({ code: 'unsupported', message: `This vector store has no method "${method}"` });
}
