export type { EmbeddingEncoding, EmbeddingMetadata, EmbeddingVector } from './model/embedding-vector.ts';
export type { EmbeddingDocument } from './model/embedding-document.ts';
export type { EmbeddingRequestInfo, EmbeddingResult } from './model/embedding-result.ts';
export type { EmbeddingInputType, EmbeddingOptions, EmbeddingTruncation } from './model/embedding-options.ts';
export type { EmbeddingModelInfo } from './model/embedding-model-info.ts';
export type { EmbeddingCapabilities, EmbeddingFeature, EmbeddingMethod } from './model/capabilities.ts';

export type { EmbeddingProvider } from './embedding-provider.ts';
export type { RerankedDocument, RerankOptions, RerankProvider } from './rerank-provider.ts';
export { tokensOf } from './tokens-of.ts';
export type { EmbeddingBatchFailure } from './errors/embedding-batch-error.ts';
export { EmbeddingBatchError } from './errors/embedding-batch-error.ts';

export type {
  EmbeddingBackend,
  EmbeddingBatchAnswer,
  EmbeddingBatchRequest,
  EmbeddingLimits,
} from './batching/embedding-backend.ts';
export type { BatchedEmbeddingProvider, CreateEmbeddingProviderOptions } from './batching/create-embedding-provider.ts';
export { createEmbeddingProvider } from './batching/create-embedding-provider.ts';
export type { NumberedVector } from './batching/order-by-index.ts';
export { orderByIndex } from './batching/order-by-index.ts';
export type { RerankBackend, RerankRequest } from './rerank/create-rerank-provider.ts';
export { createRerankProvider } from './rerank/create-rerank-provider.ts';
export type { CompleteEmbeddingProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { SeedEmbeddingProvider, SeedEmbeddingResult } from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export {
  EmbeddingDocumentSchema,
  EmbeddingModelInfoSchema,
  EmbeddingResultSchema,
  RerankedDocumentSchema,
} from './schema/embedding-schemas.ts';
export type { PortableEmbeddingDocument, PortableEmbeddingResult } from './schema/embedding-schemas.ts';
