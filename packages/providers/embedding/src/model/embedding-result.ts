import type { ResultMeta } from '@mortise/core';
import type { EmbeddingEncoding, EmbeddingMetadata, EmbeddingVector } from './embedding-vector.ts';

/** The request with which a result came, among those that one call was split into. */
export interface EmbeddingRequestInfo {
  /** Position among the requests of the call, from 0. */
  readonly index: number;
  /** How many texts it carried. */
  readonly texts: number;
  /** Tokens that the provider counted for all of them. Absent: it did not say. */
  readonly tokens?: number;
}

/** The vector of one text. */
export interface EmbeddingResult extends ResultMeta {
  /** The document's id; `query` for a query. */
  id: string;
  vector: EmbeddingVector;
  /** Dimensions of the embedding: the vector's length, except for encoding `binary`. */
  dimensions: number;
  /** Model that made it, as the provider names it. Vectors of different models cannot be compared. */
  model: string;
  /** The document's labels, values as they were given. */
  metadata?: EmbeddingMetadata;
  /** Tokens of this text alone. Absent: not reported; see `request` for the sum. */
  tokens?: number;
  /** True where the provider cut the text. Absent: it did not say. */
  truncated?: boolean;
  /** Absent: `float`. */
  encoding?: EmbeddingEncoding;
  /** Absent: the implementation does not tell. */
  request?: EmbeddingRequestInfo;
}
