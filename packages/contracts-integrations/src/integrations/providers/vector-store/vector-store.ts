export type {
  VectorDeleteRequest,
  VectorDocument,
  VectorSearchQuery,
  VectorSearchResult,
  VectorStoreProvider,
  VectorUpsertRequest,
} from '@mortise/provider-vector-store';
