import type { CallOptions, IntegrationWarning, JsonObject } from '@mortise/core';
import type { EmbeddingFeature } from '../model/capabilities.ts';
import type { EmbeddingModelInfo } from '../model/embedding-model-info.ts';
import type { EmbeddingInputType, EmbeddingTruncation } from '../model/embedding-options.ts';
import type { EmbeddingEncoding } from '../model/embedding-vector.ts';

/** What one request to a service is to carry. Never more than the model's limits, never an empty text. */
export interface EmbeddingBatchRequest extends Omit<CallOptions, 'signal' | 'timeoutMs'> {
  readonly texts: readonly string[];
  readonly model: string;
  /** Only where the caller asked and the backend has the feature `dimensions`. */
  readonly dimensions?: number;
  readonly inputType: EmbeddingInputType;
  readonly truncate: EmbeddingTruncation;
  readonly encoding: EmbeddingEncoding;
  /** Aborts when the call has ended. */
  readonly signal: AbortSignal;
}

/** What a service answered. */
export interface EmbeddingBatchAnswer {
  /** One per text, in the order of the texts; see `orderByIndex` for services that number them. */
  readonly vectors: readonly (readonly number[])[];
  /** Model as the service names it. Default: as it was asked for. */
  readonly model?: string;
  /** Tokens of all texts. */
  readonly tokens?: number;
  /** Whether each text was cut, in the order of the texts. */
  readonly truncated?: readonly boolean[];
  readonly requestId?: string;
  readonly providerMetadata?: Readonly<Record<string, JsonObject>>;
  readonly warnings?: readonly IntegrationWarning[];
}

export interface EmbeddingLimits {
  /** Most texts of one request, for models whose `maxBatchSize` is not in `models`. */
  readonly maxBatchSize?: number;
  /** Most requests at the same time, whatever the caller asks for. */
  readonly maxConcurrency?: number;
}

/** A service that embeds a few texts per request: what `createEmbeddingProvider` makes a provider of. */
export interface EmbeddingBackend {
  /** Model of calls that name none. */
  readonly model: string;
  /** What it honours; the option of any other feature leads to a warning and is not passed on. */
  readonly features?: readonly EmbeddingFeature[];
  /** Models with their limits, the default one among them. Absent: nothing is known, and calls are not split. */
  readonly models?: readonly EmbeddingModelInfo[];
  /** What else limits calls of a model, where that is not in `models` or takes a while to know. */
  limits?(model: string): EmbeddingLimits | PromiseLike<EmbeddingLimits>;
  /**
   * Makes one request. Rejects with an `IntegrationError`; anything else counts as `provider_error`. What it does with the
   * signal is its own affair: the call ends by it in any case.
   */
  embedBatch(request: EmbeddingBatchRequest): Promise<EmbeddingBatchAnswer>;
  close?(): Promise<void>;
}
