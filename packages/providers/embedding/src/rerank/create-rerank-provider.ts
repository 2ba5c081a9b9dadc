import { type CallOptions, IntegrationError, type JsonObject, type Sleep } from '@mortise/core';
import { openCallScope } from '../call/call-scope.ts';
import type { RerankedDocument, RerankOptions, RerankProvider } from '../rerank-provider.ts';

/** What one request to a service is to carry. */
export interface RerankRequest extends Omit<CallOptions, 'signal' | 'timeoutMs'> {
  readonly query: string;
  readonly documents: readonly string[] | readonly JsonObject[];
  readonly model: string;
  readonly topN?: number;
  /** Aborts when the call has ended. */
  readonly signal: AbortSignal;
}

/** A service that ranks documents: what `createRerankProvider` makes a provider of. */
export interface RerankBackend {
  /** Model of calls that name none. */
  readonly model: string;
  /** Makes one request. The answer may be in any order and longer than `topN`. Rejects with an `IntegrationError`. */
  rank(request: RerankRequest): Promise<readonly RerankedDocument[]>;
  close?(): Promise<void>;
}

/**
 * A provider for any service, from a function that makes one request: order, `topN`, time limits and the check of the
 * answer are done here. No retry: that is the call guard's work.
 *
 * @param sleep Waits for time limits. Default core's `sleep`.
 */
export function createRerankProvider(backend: RerankBackend, sleep?: Sleep): Required<RerankProvider> {
  const closing = new AbortController();
  return {
    capabilities: { methods: {} },
    rerank: async (query, documents, options = {}) => {
      checkCall(query, options);
      if (closing.signal.aborted) {
        throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
      }
      const { signal, timeoutMs: _, model = backend.model, ...carried } = options;
      const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      const scope = openCallScope({ ...options, signal: either }, sleep);
      try {
        if (documents.length === 0) return [];
        const answer = backend.rank({ ...carried, query, documents, model, signal: scope.signal });
        return checkRanking(await scope.race(answer), documents.length, options.topN);
      } catch (error) {
        throw scope.explain(error);
      } finally {
        scope.close();
      }
    },
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await backend.close?.();
    },
  };
}

function checkCall(query: string, { topN }: RerankOptions): void {
  if (query.trim() === '') throw refused('query', 'expected a text, got white space at most');
  if (topN !== undefined && !(Number.isSafeInteger(topN) && topN > 0)) {
    throw refused('topN', `expected a positive integer, got ${topN}`);
  }
}

/** The ranking by falling score; documents of the same score keep their order. */
function checkRanking(ranking: readonly RerankedDocument[], count: number, topN = count): RerankedDocument[] {
  const seen = new Set<number>();
  for (const { index, score } of ranking) {
    if (!Number.isInteger(index) || index < 0 || index >= count || seen.has(index) || !Number.isFinite(score)) {
      throw new IntegrationError({
        code: 'provider_error',
        message: `The provider's ranking cannot be used: it names document ${index} of ${count} twice, or without a score, or there is none`,
      });
    }
    seen.add(index);
  }
  return ranking.toSorted((a, b) => b.score - a.score || a.index - b.index).slice(0, topN);
}

function refused(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${message}` });
}
