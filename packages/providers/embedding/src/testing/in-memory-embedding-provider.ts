import { classifyHttpStatus, IntegrationError, type Sleep } from '@mortise/core';
import { type BatchedEmbeddingProvider, createEmbeddingProvider } from '../batching/create-embedding-provider.ts';
import type { EmbeddingBatchAnswer, EmbeddingBatchRequest } from '../batching/embedding-backend.ts';
import { orderByIndex } from '../batching/order-by-index.ts';
import type { EmbeddingProvider } from '../embedding-provider.ts';
import type { EmbeddingCapabilities, EmbeddingFeature } from '../model/capabilities.ts';
import type { EmbeddingDocument } from '../model/embedding-document.ts';
import type { EmbeddingModelInfo } from '../model/embedding-model-info.ts';
import type { EmbeddingOptions } from '../model/embedding-options.ts';
import type { EmbeddingResult } from '../model/embedding-result.ts';
import type { EmbeddingObservedRequest } from './observed-request.ts';
import {
  SCRIPTED_DIMENSIONS,
  type ScriptedEmbeddingModel,
  type ScriptedEmbeddings,
  scriptedVector,
} from './scripted-embeddings.ts';

export interface InMemoryEmbeddingProviderOptions {
  /** What is answered: the same each time, or as a function of the request. Default `scriptedVector` of each text. */
  readonly model?: ScriptedEmbeddings | ScriptedEmbeddingModel;
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Features that the model has. Default all. */
  readonly features?: readonly EmbeddingFeature[];
  /** Most texts of one request. Default 100. */
  readonly maxBatchSize?: number;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const MODEL = 'in-memory';
const ALL_FEATURES: readonly EmbeddingFeature[] = ['dimensions', 'input-type', 'truncate', 'encoding', 'usage'];
const DEFAULT_BATCH_SIZE = 100;
const LARGEST_DIMENSIONS = 4096;

/**
 * An embedding model in memory, whose vectors depend on nothing but the text, and which keeps every rule of
 * `EmbeddingProvider`: the reference against which the kit itself is tested, and a double for the tests of applications.
 */
export class InMemoryEmbeddingProvider implements EmbeddingProvider {
  readonly capabilities: EmbeddingCapabilities;
  readonly #provider: BatchedEmbeddingProvider;
  readonly #model: ScriptedEmbeddingModel;
  readonly #credential: string | undefined;
  readonly #requests: EmbeddingObservedRequest[] = [];
  #open = 0;

  constructor(options: InMemoryEmbeddingProviderOptions = {}) {
    const { model = {}, credential, features = ALL_FEATURES, maxBatchSize = DEFAULT_BATCH_SIZE, sleep } = options;
    this.#model = typeof model === 'function' ? model : () => model;
    this.#credential = credential;
    const info: EmbeddingModelInfo = {
      model: MODEL,
      dimensions: SCRIPTED_DIMENSIONS,
      supportedDimensions: { min: 1, max: LARGEST_DIMENSIONS },
      maxBatchSize,
      normalized: true,
      recommendedMetric: 'cosine',
    };
    const embedBatch = (request: EmbeddingBatchRequest) => this.#embedBatch(request);
    this.#provider = createEmbeddingProvider(
      { model: MODEL, features, models: [info], limits: () => ({ maxBatchSize }), embedBatch },
      sleep === undefined ? {} : { sleep },
    );
    this.capabilities = this.#provider.capabilities;
  }

  /** What was asked so far, in order. */
  get requests(): readonly EmbeddingObservedRequest[] {
    return this.#requests;
  }

  /** Requests whose answer is still under way. */
  get openRequests(): number {
    return this.#open;
  }

  embedDocuments(documents: readonly EmbeddingDocument[], options?: EmbeddingOptions): Promise<EmbeddingResult[]> {
    return this.#provider.embedDocuments(documents, options);
  }

  embedQuery(query: string, options?: EmbeddingOptions): Promise<EmbeddingResult> {
    return this.#provider.embedQuery(query, options);
  }

  embedStream(documents: AsyncIterable<EmbeddingDocument>, options?: EmbeddingOptions): AsyncIterable<EmbeddingResult> {
    return this.#provider.embedStream(documents, options);
  }

  describeModel(model?: string): EmbeddingModelInfo {
    return this.#provider.describeModel(model);
  }

  close(): Promise<void> {
    return this.#provider.close();
  }

  async #embedBatch(request: EmbeddingBatchRequest): Promise<EmbeddingBatchAnswer> {
    const observed = this.#observe(request);
    this.#requests.push(observed);
    const { fail, hangs, isReversed, vectors, model, tokens } = this.#model(observed);
    if (fail !== undefined) throw refusal(fail);
    this.#open += 1;
    try {
      if (hangs === true) await endOf(request.signal);
      const { texts, dimensions } = request;
      const numbered = (vectors ?? texts.map((text) => scriptedVector(text, dimensions))).map((embedding, index) => ({
        index,
        embedding,
      }));
      return {
        vectors: orderByIndex(isReversed === true ? numbered.toReversed() : numbered, texts.length),
        ...(model === undefined ? {} : { model }),
        ...(tokens === undefined ? {} : { tokens }),
      };
    } finally {
      this.#open -= 1;
    }
  }

  #observe({ signal: _signal, headers = {}, ...carried }: EmbeddingBatchRequest): EmbeddingObservedRequest {
    const { texts, model, dimensions, inputType, truncate, traceparent } = carried;
    return {
      text: JSON.stringify(carried),
      texts,
      model,
      inputType,
      truncate,
      headers: { ...headers, ...(traceparent === undefined ? {} : { traceparent }) },
      ...(dimensions === undefined ? {} : { dimensions }),
      ...(this.#credential === undefined ? {} : { credential: this.#credential }),
    };
  }
}

function refusal({ status, headers = {} }: NonNullable<ScriptedEmbeddings['fail']>): IntegrationError {
  const verdict = classifyHttpStatus(status, new Headers(headers)) ?? { code: 'provider_error', retry: 'never' };
  return new IntegrationError({
    ...verdict,
    httpStatus: status,
    message: `The service answered with status ${status}`,
  });
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
