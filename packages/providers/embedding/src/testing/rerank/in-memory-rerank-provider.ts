import { classifyHttpStatus, IntegrationError, type JsonObject, type Sleep } from '@mortise/core';
import { createRerankProvider, type RerankRequest } from '../../rerank/create-rerank-provider.ts';
import type { RerankedDocument, RerankOptions, RerankProvider } from '../../rerank-provider.ts';
import type { RerankObservedRequest, ScriptedRanking } from './rerank-target.ts';

export interface InMemoryRerankProviderOptions {
  /** What is answered. Default: documents score by the share of the query's words that they hold. */
  readonly model?: (request: RerankObservedRequest) => ScriptedRanking;
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/** A reranker in memory that keeps every rule of `RerankProvider`. */
export class InMemoryRerankProvider implements RerankProvider {
  readonly capabilities = Object.freeze({ methods: Object.freeze({}) });
  readonly #provider: Required<RerankProvider>;
  readonly #options: InMemoryRerankProviderOptions;
  readonly #requests: RerankObservedRequest[] = [];
  #open = 0;

  constructor(options: InMemoryRerankProviderOptions = {}) {
    this.#options = options;
    const rank = (request: RerankRequest) => this.#rank(request);
    this.#provider = createRerankProvider({ model: 'in-memory', rank }, options.sleep);
  }

  get requests(): readonly RerankObservedRequest[] {
    return this.#requests;
  }

  get openRequests(): number {
    return this.#open;
  }

  rerank(
    query: string,
    documents: readonly string[] | readonly JsonObject[],
    options?: RerankOptions,
  ): Promise<RerankedDocument[]> {
    return this.#provider.rerank(query, documents, options);
  }

  close(): Promise<void> {
    return this.#provider.close();
  }

  async #rank({ query, documents, model, topN, signal }: RerankRequest): Promise<readonly RerankedDocument[]> {
    const { credential, model: script } = this.#options;
    const request: RerankObservedRequest = {
      query,
      documents: documents.map((document) => (typeof document === 'string' ? document : JSON.stringify(document))),
      model,
      ...(topN === undefined ? {} : { topN }),
      ...(credential === undefined ? {} : { credential }),
    };
    this.#requests.push(request);
    const { fail, hangs, ranking }: ScriptedRanking = script?.(request) ?? {};
    if (fail !== undefined) throw refusal(fail);
    this.#open += 1;
    try {
      if (hangs === true) await endOf(signal);
      return ranking ?? request.documents.map((text, index) => ({ index, score: overlap(query, text) }));
    } finally {
      this.#open -= 1;
    }
  }
}

function overlap(query: string, text: string): number {
  const words = query.toLowerCase().split(/\W+/u);
  const held = text.toLowerCase();
  return words.filter((word) => held.includes(word)).length / words.length;
}

function refusal({ status, headers = {} }: NonNullable<ScriptedRanking['fail']>): IntegrationError {
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
