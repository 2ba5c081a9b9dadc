import type { VectorFilter } from './filter.ts';
import type { VectorDocument } from './document.ts';
import type { EmbeddingVector, SparseVector } from './vector.ts';

/**
 * Where to look. Absent namespace: the default namespace, and no other. All of them must be said; a missing tenant must never mean
 * every tenant.
 */
export interface VectorScope {
  readonly collection: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
}

/** Documents to be written: new ones are added, those with a known id replaced as a whole. */
export interface VectorUpsertRequest {
  readonly collection: string;
  readonly documents: readonly VectorDocument[];
  /** True: resolves when a search sees them. Default false. */
  readonly waitForSync?: boolean;
}

/** Documents to be removed by id. Ids that are not there do no harm. */
export interface VectorDeleteRequest {
  readonly collection: string;
  readonly ids: readonly string[];
  readonly namespace?: string;
}

/** A nearest-neighbour search. Filter and threshold are applied before the limit, so that `topK` hits come where as many pass. */
export interface VectorSearchQuery extends VectorScope {
  readonly vector: EmbeddingVector;
  /** Most hits. */
  readonly topK: number;
  /** A `VectorFilter`. */
  readonly filter?: VectorFilter | Readonly<Record<string, unknown>>;
  /** Lowest score that counts, included. */
  readonly scoreThreshold?: number;
  /** True: sees every write that resolved before. */
  readonly consistent?: boolean;
  readonly includeVector?: boolean;
  /** Default true; a list of fields gives those alone. */
  readonly includePayload?: boolean | readonly string[];
  /** For a hybrid search, with `fusion`. */
  readonly sparse?: SparseVector;
  readonly text?: string;
  readonly fusion?: 'rrf' | 'weighted';
  /** `lambda` from 0 (as different as possible) to 1 (as close as possible). */
  readonly diversify?: { readonly lambda: number };
  /** True: compares with every document instead of using an index. */
  readonly exact?: boolean;
}

/** Documents to be read by id. */
export interface VectorFetchRequest {
  readonly collection: string;
  readonly ids: readonly string[];
  readonly namespace?: string;
  readonly includeVector?: boolean;
}

/** Documents to be removed, counted or gone through. Namespaces as in a search. */
export interface VectorFilterRequest extends VectorScope {
  readonly filter?: VectorFilter;
}

export interface VectorScanRequest extends VectorFilterRequest {
  readonly includeVector?: boolean;
  /** Documents per request to the store. */
  readonly pageSize?: number;
}

/** A part of payloads to be changed. */
export interface VectorPayloadUpdate {
  readonly collection: string;
  readonly namespace?: string;
  readonly ids: readonly string[];
  /** Fields to be set; the others stay. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Everything that passes a filter is replaced by other documents. */
export interface VectorReplaceRequest {
  readonly collection: string;
  readonly namespace?: string;
  readonly filter: VectorFilter;
  /** In the same namespace. */
  readonly documents: readonly VectorDocument[];
}
