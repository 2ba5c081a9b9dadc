/** Numbers of an embedding, as many as its collection has dimensions. The same as in `@mortise/provider-embedding`. */
export type EmbeddingVector = number[];

/** A vector of which only the components that are not zero are given. Indices ascend. */
export interface SparseVector {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** How close two vectors are. */
export type VectorMetric = 'cosine' | 'dot' | 'euclidean';
