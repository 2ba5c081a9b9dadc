export type {
  EmbeddingDocument,
  EmbeddingProvider,
  EmbeddingResult,
  EmbeddingVector,
} from '@mortise/provider-embedding';
export type { SeedEmbeddingProvider, SeedEmbeddingResult } from '@mortise/provider-embedding';
export { seedCompat } from '@mortise/provider-embedding';
