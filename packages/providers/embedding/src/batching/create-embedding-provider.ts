import { IntegrationError, type Sleep } from '@mortise/core';
import { type CallScope, openCallScope } from '../call/call-scope.ts';
import { EmbeddingBatchError, type EmbeddingBatchFailure } from '../errors/embedding-batch-error.ts';
import type { EmbeddingProvider } from '../embedding-provider.ts';
import type { EmbeddingCapabilities } from '../model/capabilities.ts';
import type { EmbeddingDocument } from '../model/embedding-document.ts';
import type { EmbeddingModelInfo } from '../model/embedding-model-info.ts';
import type { EmbeddingInputType, EmbeddingOptions } from '../model/embedding-options.ts';
import type { EmbeddingResult } from '../model/embedding-result.ts';
import { embedInGroups } from '../stream/embed-in-groups.ts';
import { checkOptions, checkQuery, checkTexts, refusals } from './check-options.ts';
import type { EmbeddingBackend } from './embedding-backend.ts';
import { limitsOf, planBatches } from './plan-batches.ts';
import { resultsFromAnswer } from './results-from-answer.ts';
import { runInParallel } from './run-in-parallel.ts';
import { toBatchRequest } from './to-batch-request.ts';

const DEFAULT_CONCURRENCY = 4;

/** Failures that every further request would meet as well. */
const HOPELESS: ReadonlySet<string> = new Set(['unauthenticated', 'forbidden', 'quota_exceeded', 'aborted', 'timeout']);

export interface CreateEmbeddingProviderOptions {
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/** A provider with every method, as `createEmbeddingProvider` makes it. */
export interface BatchedEmbeddingProvider extends EmbeddingProvider {
  readonly capabilities: EmbeddingCapabilities;
  embedStream: NonNullable<EmbeddingProvider['embedStream']>;
  describeModel: NonNullable<EmbeddingProvider['describeModel']>;
  close: NonNullable<EmbeddingProvider['close']>;
}

/**
 * A provider for any service, from a function that makes one request. Splitting, order, concurrency, time limits, warnings
 * and partial failures are done here. One request per batch and no retry: that is the call guard's work.
 */
export function createEmbeddingProvider(
  backend: EmbeddingBackend,
  options: CreateEmbeddingProviderOptions = {},
): BatchedEmbeddingProvider {
  return new BackedEmbeddingProvider(backend, options.sleep);
}

class BackedEmbeddingProvider implements BatchedEmbeddingProvider {
  readonly capabilities: EmbeddingCapabilities;
  readonly #backend: EmbeddingBackend;
  readonly #sleep: Sleep | undefined;
  readonly #closing = new AbortController();

  constructor(backend: EmbeddingBackend, sleep: Sleep | undefined) {
    this.#backend = backend;
    this.#sleep = sleep;
    const { models = [], features = [] } = backend;
    this.capabilities = {
      methods: { embedStream: 'emulated', describeModel: models.length > 0 ? 'native' : 'none' },
      features,
    };
  }

  async embedDocuments(
    documents: readonly EmbeddingDocument[],
    options: EmbeddingOptions = {},
  ): Promise<EmbeddingResult[]> {
    checkTexts(documents);
    return this.#embed(documents, 'document', options);
  }

  async embedQuery(query: string, options: EmbeddingOptions = {}): Promise<EmbeddingResult> {
    checkQuery(query);
    const [result] = await this.#embed([{ id: 'query', text: query }], 'query', options);
    if (result !== undefined) return result;
    throw new IntegrationError({ code: 'provider_error', message: 'The provider gave no vector for the query' });
  }

  embedStream(
    documents: AsyncIterable<EmbeddingDocument>,
    options: EmbeddingOptions = {},
  ): AsyncIterable<EmbeddingResult> {
    const size = async (): Promise<number> => (await this.#limits(options)).size;
    return embedInGroups(documents, size, (group) => this.embedDocuments(group, options));
  }

  describeModel(model: string = this.#backend.model): EmbeddingModelInfo {
    const { models = [] } = this.#backend;
    const info = this.#find(model);
    if (info !== undefined) return info;
    const code = models.length === 0 ? 'unsupported' : 'not_found';
    throw new IntegrationError({ code, field: 'model', message: `model: nothing is known of "${model}"` });
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#backend.close?.();
  }

  #find(model: string): EmbeddingModelInfo | undefined {
    return this.#backend.models?.find((info) => info.model === model);
  }

  async #limits({ model = this.#backend.model, batchSize, concurrency = DEFAULT_CONCURRENCY }: EmbeddingOptions) {
    const { maxBatchSize, maxConcurrency = concurrency } = (await this.#backend.limits?.(model)) ?? {};
    return {
      ...limitsOf(this.#find(model), maxBatchSize, batchSize),
      concurrency: Math.max(1, Math.min(concurrency, maxConcurrency)),
    };
  }

  async #embed(
    documents: readonly EmbeddingDocument[],
    inputType: EmbeddingInputType,
    options: EmbeddingOptions,
  ): Promise<EmbeddingResult[]> {
    checkOptions(options);
    const scope = this.#open(options);
    try {
      if (documents.length === 0) return [];
      const limits = await scope.race(this.#limits(options));
      const batches = planBatches(
        documents.map(({ text }) => text),
        limits,
      );
      const warnings = refusals(options, this.#backend.features ?? []);
      const results = new Map<number, EmbeddingResult>();
      const failures: EmbeddingBatchFailure[] = [];
      const waiting = new Set(batches);
      await runInParallel(batches, limits.concurrency, async (batch, index) => {
        waiting.delete(batch);
        const part = batch.flatMap((at) => documents[at] ?? []);
        try {
          scope.throwIfEnded();
          const sent = toBatchRequest(
            part.map(({ text }) => text),
            batches.length > 1 ? numbered(options, index) : options,
            { backend: this.#backend, signal: scope.signal, inputType },
          );
          const answer = await scope.race(this.#backend.embedBatch(sent));
          const embedded = resultsFromAnswer(answer, { sent, documents: part, index, warnings });
          embedded.forEach((result, at) => results.set(batch[at] ?? at, result));
          return true;
        } catch (reason) {
          const error = asIntegrationError(scope.explain(reason));
          failures.push(failureOf(batch, documents, error));
          return !HOPELESS.has(error.code);
        }
      });
      const [first] = failures;
      if (first === undefined) return inOrder(results);
      // Requests that were given up fail like the one for whose sake they were.
      for (const batch of waiting) failures.push(failureOf(batch, documents, first.error));
      if (results.size === 0 || first.error.code === 'aborted') throw first.error;
      throw new EmbeddingBatchError(failures, inOrder(results));
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
    }
  }

  #open(options: EmbeddingOptions): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#sleep);
  }
}

/** Each request has a key of its own: a provider that remembers keys must not answer one batch with another's vectors. */
function numbered(options: EmbeddingOptions, index: number): EmbeddingOptions {
  const { idempotencyKey } = options;
  return idempotencyKey === undefined ? options : { ...options, idempotencyKey: `${idempotencyKey}-${index}` };
}

function inOrder(results: ReadonlyMap<number, EmbeddingResult>): EmbeddingResult[] {
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

function failureOf(
  indexes: readonly number[],
  documents: readonly EmbeddingDocument[],
  error: IntegrationError<string>,
): EmbeddingBatchFailure {
  return { indexes, ids: indexes.map((index) => documents[index]?.id ?? ''), error };
}

function asIntegrationError(error: unknown): IntegrationError<string> {
  if (IntegrationError.is(error)) return error;
  // Not kept as cause: what is not ours may hold the credential.
  const name = error instanceof Error ? error.name : typeof error;
  return new IntegrationError({ code: 'provider_error', message: `The request failed with ${name}` });
}
