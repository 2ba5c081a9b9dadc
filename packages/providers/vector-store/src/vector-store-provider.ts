import type { CallOptions } from '@mortise/core';
import type { VectorStoreCapabilities } from './capabilities.ts';
import type { VectorCollectionDescription, VectorCollectionSpec } from './model/collection.ts';
import type { StoredVectorDocument, VectorSearchResult } from './model/document.ts';
import type {
  VectorDeleteRequest,
  VectorFetchRequest,
  VectorFilterRequest,
  VectorPayloadUpdate,
  VectorReplaceRequest,
  VectorScanRequest,
  VectorSearchQuery,
  VectorUpsertRequest,
} from './model/requests.ts';

/**
 * Vectors behind one connection. Only the first three methods are required; `complete(provider)` adds the others. Namespaces are
 * walls: nothing that is said about one touches another. Failures reject with core's `IntegrationError`: `not_found` for a collection
 * that is not there, `invalid_request` for a vector of the wrong length (the message names both lengths) or a filter that is none.
 */
export interface VectorStoreProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: VectorStoreCapabilities;

  /** Writes documents, all or none of a call where the store can, in as many requests as it needs. */
  upsert(request: VectorUpsertRequest, options?: CallOptions): Promise<void>;
  /** The closest documents, closest first. Expired ones are left out. */
  search(query: VectorSearchQuery, options?: CallOptions): Promise<VectorSearchResult[]>;
  /** Removes documents by id. */
  delete(request: VectorDeleteRequest, options?: CallOptions): Promise<void>;

  /** Makes a collection. Making it again with the same spec does nothing. @throws {IntegrationError} `conflict` for another spec. */
  createCollection?(spec: VectorCollectionSpec, options?: CallOptions): Promise<void>;
  /** @throws {IntegrationError} `not_found`; any other failure never means that the collection is not there. */
  describeCollection?(name: string, options?: CallOptions): Promise<VectorCollectionDescription>;
  /** Names in order. */
  listCollections?(options?: CallOptions): Promise<string[]>;
  /** Removes a collection with all that is in it. Removing it again does nothing. */
  deleteCollection?(name: string, options?: CallOptions): Promise<void>;
  /** Documents in the order of the ids; those that are not there are left out. */
  fetch?(request: VectorFetchRequest, options?: CallOptions): Promise<StoredVectorDocument[]>;
  /** @throws {IntegrationError} `invalid_request` without a filter: emptying a namespace must be said with `{}`. */
  deleteWhere?(request: VectorFilterRequest, options?: CallOptions): Promise<void>;
  updatePayload?(update: VectorPayloadUpdate, options?: CallOptions): Promise<void>;
  /** Every document once, in no particular order. Can be iterated once. */
  scan?(request: VectorScanRequest, options?: CallOptions): AsyncIterable<StoredVectorDocument>;
  count?(request: VectorFilterRequest, options?: CallOptions): Promise<number>;
  /** Puts documents in the place of others, such as when a text is embedded anew; without a gap where `atomicReplace` says so. */
  replaceWhere?(request: VectorReplaceRequest, options?: CallOptions): Promise<void>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
