import type { CallOptions, CapabilityDescription, JsonObject, ResultMeta } from '@mortise/core';

export interface RerankOptions extends CallOptions {
  /** Default: the provider's. */
  readonly model?: string;
  /** Most documents to give back. Default all. */
  readonly topN?: number;
}

/** How well one document answers the query. */
export interface RerankedDocument extends ResultMeta {
  /** Position in the list that was given. */
  index: number;
  /** Higher is better. The scale is the model's own: compare within one answer only. */
  score: number;
}

/** A model that puts documents in the order in which they answer a query. */
export interface RerankProvider {
  readonly capabilities?: CapabilityDescription;

  /**
   * The documents by falling score, each at most once. No document, no request.
   *
   * @param documents Texts, or records whose fields the model reads.
   */
  rerank(
    query: string,
    documents: readonly string[] | readonly JsonObject[],
    options?: RerankOptions,
  ): Promise<RerankedDocument[]>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
