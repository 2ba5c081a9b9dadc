import type { EmbeddingMetadata } from './embedding-vector.ts';

/** A text to embed. */
export interface EmbeddingDocument {
  /** The caller's id; comes back on the result. Need not be unique. */
  readonly id: string;
  /** Must hold something besides white space. */
  readonly text: string;
  /** Comes back on the result as it is. */
  readonly metadata?: Readonly<EmbeddingMetadata>;
}
