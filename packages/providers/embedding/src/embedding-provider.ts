import type { EmbeddingCapabilities } from './model/capabilities.ts';
import type { EmbeddingDocument } from './model/embedding-document.ts';
import type { EmbeddingModelInfo } from './model/embedding-model-info.ts';
import type { EmbeddingOptions } from './model/embedding-options.ts';
import type { EmbeddingResult } from './model/embedding-result.ts';

/**
 * Embedding models behind one connection. Only `embedDocuments` and `embedQuery` are required; `complete(provider)` adds
 * the others. Failures reject with core's `IntegrationError`: `aborted` and `timeout` for the caller's signal and time
 * limit, `invalid_request` for a text that is empty or too long.
 */
export interface EmbeddingProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: EmbeddingCapabilities;

  /**
   * The vectors of texts that are to be found, one per document and in the same order. A list of any length: it is split
   * into as many requests as the model needs. No document, no request.
   *
   * @throws {EmbeddingBatchError} Some requests failed; it holds the results of the others.
   */
  embedDocuments(documents: readonly EmbeddingDocument[], options?: EmbeddingOptions): Promise<EmbeddingResult[]>;

  /** The vector of a text that is looked for. */
  embedQuery(query: string, options?: EmbeddingOptions): Promise<EmbeddingResult>;

  /**
   * The same for documents that come one by one, in their order; `timeoutMs` is for each request. Can be iterated once.
   * Leaving it early leaves `documents` as well.
   */
  embedStream?(documents: AsyncIterable<EmbeddingDocument>, options?: EmbeddingOptions): AsyncIterable<EmbeddingResult>;

  /**
   * What is known of a model. Default: of the one that calls use which name none.
   *
   * @throws {IntegrationError} `not_found` for a model that nothing is known of.
   */
  describeModel?(model?: string): EmbeddingModelInfo;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
