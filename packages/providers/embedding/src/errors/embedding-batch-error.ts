import { IntegrationError, type RetryAdvice } from '@mortise/core';
import type { EmbeddingResult } from '../model/embedding-result.ts';

/** A request that failed, and the documents that it carried. */
export interface EmbeddingBatchFailure {
  /** Positions in the list of documents. */
  readonly indexes: readonly number[];
  /** Ids of the documents at these positions. */
  readonly ids: readonly string[];
  readonly error: IntegrationError<string>;
}

/**
 * Some requests of a call failed and others did not. Embed the failed ones again, if `retry` says that it helps; the
 * results of the others are here.
 */
export class EmbeddingBatchError extends IntegrationError<'partial_failure'> {
  /** Ids of the documents without a result, in input order. */
  readonly failedIds: readonly string[];
  // Declared only: kept out of logs, where vectors would bury everything else.
  declare readonly failures: readonly EmbeddingBatchFailure[];
  declare readonly results: readonly EmbeddingResult[];

  constructor(failures: readonly EmbeddingBatchFailure[], results: readonly EmbeddingResult[]) {
    const inOrder = failures
      .flatMap(({ indexes, ids }) => indexes.map((index, at) => ({ index, id: ids[at] ?? '' })))
      .sort((a, b) => a.index - b.index);
    const codes = [...new Set(failures.map(({ error }) => error.code))].join(', ');
    super({
      code: 'partial_failure',
      message: `${inOrder.length} of ${inOrder.length + results.length} documents were not embedded (${codes}); the error holds the results of the others`,
      ...adviceOf(failures.map(({ error }) => error)),
    });
    this.failedIds = inOrder.map(({ id }) => id);
    Object.defineProperty(this, 'failures', { value: failures });
    Object.defineProperty(this, 'results', { value: results });
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `EmbeddingBatchError`, whichever copy of the package made it. */
  static override is(value: unknown): value is EmbeddingBatchError {
    return IntegrationError.is(value) && MARKER in value;
  }
}

const MARKER = Symbol.for('@mortise/embedding-batch-error');

/** Trying again helps when it helps every failed request; the wait is the longest that was asked for. */
function adviceOf(errors: readonly IntegrationError<string>[]): { retry: RetryAdvice; retryAfterMs?: number } {
  if (errors.some(({ retry }) => retry === 'never')) return { retry: 'never' };
  const waits = errors.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return {
    retry: errors.some(({ retry }) => retry === 'throttled') ? 'throttled' : 'transient',
    ...(waits.length === 0 ? {} : { retryAfterMs: Math.max(...waits) }),
  };
}
