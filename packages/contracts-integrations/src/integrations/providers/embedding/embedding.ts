export type {
  EmbeddingDocument,
  EmbeddingProvider,
  EmbeddingResult,
  EmbeddingVector,
} from '@mortise/provider-embedding';
