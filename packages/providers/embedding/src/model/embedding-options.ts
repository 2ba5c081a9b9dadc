import type { CallOptions } from '@mortise/core';
import type { EmbeddingEncoding } from './embedding-vector.ts';

/** What the vector is for. Models that know the difference put a question near its answers instead of near its likes. */
export type EmbeddingInputType = 'document' | 'query' | 'similarity' | 'classification' | 'clustering';

/** From which end a text that is too long is cut; `none` refuses it. */
export type EmbeddingTruncation = 'none' | 'start' | 'end';

/** Settings of one call. One that the provider cannot honour is named in the results' `warnings`. */
export interface EmbeddingOptions extends CallOptions {
  /** Default: the provider's. */
  readonly model?: string;
  /** Length of the vectors, for models that let it be chosen. Default: the model's own. */
  readonly dimensions?: number;
  /** Default `document` for documents, `query` for queries. */
  readonly inputType?: EmbeddingInputType;
  /** Default `none`. */
  readonly truncate?: EmbeddingTruncation;
  /** Default `float`. */
  readonly encoding?: EmbeddingEncoding;
  /** Most texts per request; never more than the model takes. */
  readonly batchSize?: number;
  /** Requests under way at the same time. Default 4. */
  readonly concurrency?: number;
}
