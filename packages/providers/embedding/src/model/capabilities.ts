import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `EmbeddingProvider` that not every implementation has. */
export type EmbeddingMethod = 'embedStream' | 'describeModel';

/** What an implementation does with the options that not every provider knows. */
export type EmbeddingFeature =
  /** Honours `dimensions`. */
  | 'dimensions'
  /** Tells the provider what a text is for. */
  | 'input-type'
  /** Honours `truncate`. */
  | 'truncate'
  /** Honours `encoding`. */
  | 'encoding'
  /** Reports token counts. */
  | 'usage';

/** What an implementation can do: plain data, known without any call. */
export interface EmbeddingCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there. */
  readonly methods?: Readonly<Partial<Record<EmbeddingMethod, MethodSupport>>>;
  /** An option whose feature is not listed leads to a warning. */
  readonly features: readonly EmbeddingFeature[];
}
