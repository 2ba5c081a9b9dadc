export type { CompleteVectorStoreProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { VectorStoreCapabilities, VectorStoreMethod } from './capabilities.ts';
export type { VectorStoreProvider } from './vector-store-provider.ts';

export type { EmbeddingVector, SparseVector, VectorMetric } from './model/vector.ts';
export type { VectorDocument } from './model/document.ts';
export { StoredVectorDocument, VectorSearchResult } from './model/document.ts';
export type { VectorCollectionDescription } from './model/collection.ts';
export { VectorCollectionSpec } from './model/collection.ts';
export type {
  VectorDeleteRequest,
  VectorFetchRequest,
  VectorFilterRequest,
  VectorPayloadUpdate,
  VectorReplaceRequest,
  VectorScanRequest,
  VectorScope,
  VectorSearchQuery,
  VectorUpsertRequest,
} from './model/requests.ts';
export type { FieldTest, FilterNode, VectorFieldCondition, VectorFilter, VectorFilterScalar } from './model/filter.ts';
export { parseVectorFilter } from './model/filter.ts';
export { matchesVectorFilter } from './model/match-filter.ts';
export { sparseScore, toScore, vectorDistance } from './score/measure.ts';
