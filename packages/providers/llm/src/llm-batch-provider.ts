import type { CallOptions, IntegrationError, Operation } from '@mortise/core';
import type { LLMChatOptions } from './model/chat-options.ts';
import type { LLMMessage } from './model/message.ts';
import type { LLMResponse } from './model/response.ts';

/** One call of a batch. */
export interface LLMBatchRequest {
  /** The caller's id, unique in the batch; results carry it. */
  id: string;
  messages: LLMMessage[];
  /** As for `chat`. `signal` and `timeoutMs` apply to single calls and are refused here. */
  options?: LLMChatOptions;
}

/** How one call of a batch ended. */
export type LLMBatchItem =
  | { readonly id: string; readonly status: 'succeeded'; readonly response: LLMResponse }
  | { readonly id: string; readonly status: 'failed'; readonly error: IntegrationError<string> }
  | { readonly id: string; readonly status: 'canceled' | 'expired' };

/** How far a batch is. */
export interface LLMBatchSummary {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Many calls handed over at once and answered within hours, often at a lower price. */
export interface LLMBatchProvider {
  /**
   * Hands the calls over.
   *
   * @throws {IntegrationError} `invalid_request` when two requests share an id or the list is empty.
   */
  submit(requests: readonly LLMBatchRequest[], options?: CallOptions): Promise<Operation<LLMBatchSummary>>;
  /** @throws {IntegrationError} `not_found` for an id that `submit` did not give. */
  get(id: string, options?: CallOptions): Promise<Operation<LLMBatchSummary>>;
  /** What has ended so far, in any order; each request at most once. Call again after `get` says that all has ended. */
  results(id: string, options?: CallOptions): AsyncIterable<LLMBatchItem>;
  /** Ends what has not started. Calls that have ended keep their results. */
  cancel(id: string, options?: CallOptions): Promise<Operation<LLMBatchSummary>>;
}
