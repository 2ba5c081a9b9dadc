/** What is known of a model without calling it. A limit that is absent is not known. */
export interface EmbeddingModelInfo {
  readonly model: string;
  /** Length of its vectors where a call does not ask for another. */
  readonly dimensions: number;
  /** Lengths that may be asked for: these, or any from `min` to `max`, both included. Absent: only `dimensions`. */
  readonly supportedDimensions?: readonly number[] | { readonly min: number; readonly max: number };
  /** Tokens of one text. */
  readonly maxInputTokens?: number;
  /** Texts of one request. */
  readonly maxBatchSize?: number;
  /** Tokens of all texts of one request. */
  readonly maxBatchTokens?: number;
  /** True: every vector has length 1, so that dot product and cosine agree. */
  readonly normalized?: boolean;
  readonly recommendedMetric?: 'cosine' | 'dot' | 'euclidean';
}
