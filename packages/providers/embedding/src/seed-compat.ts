import type { EmbeddingProvider } from './embedding-provider.ts';
import type { EmbeddingResult } from './model/embedding-result.ts';

/** A result as consumers of the first interface know it: labels are text. */
export interface SeedEmbeddingResult extends Omit<EmbeddingResult, 'metadata'> {
  metadata?: Record<string, string>;
}

/** A provider whose results hold nothing that the first interface did not have. */
export interface SeedEmbeddingProvider {
  embedDocuments(...call: Parameters<EmbeddingProvider['embedDocuments']>): Promise<SeedEmbeddingResult[]>;
  embedQuery(...call: Parameters<EmbeddingProvider['embedQuery']>): Promise<SeedEmbeddingResult>;
}

/** For code written against the first interface: numbers and booleans among the labels become text. */
export function seedCompat(provider: EmbeddingProvider): SeedEmbeddingProvider {
  return {
    embedDocuments: async (...call) => (await provider.embedDocuments(...call)).map(fold),
    embedQuery: async (...call) => fold(await provider.embedQuery(...call)),
  };
}

function fold({ metadata, ...rest }: EmbeddingResult): SeedEmbeddingResult {
  if (metadata === undefined) return rest;
  return {
    ...rest,
    metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)])),
  };
}
