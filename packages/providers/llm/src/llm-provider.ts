import type { CallOptions, Page } from '@mortise/core';
import type { LLMBatchProvider } from './llm-batch-provider.ts';
import type { LLMCapabilities } from './model/capabilities.ts';
import type { LLMChatOptions } from './model/chat-options.ts';
import type { LLMMessage } from './model/message.ts';
import type { LLMModelInfo } from './model/model-listing.ts';
import type { LLMResponse } from './model/response.ts';
import type { LLMStreamChunk } from './stream/stream-chunk.ts';
import type { LLMStreamPart } from './stream/stream-part.ts';

/** Size of a prompt. */
export interface TokenCountResult {
  promptTokens: number;
  /** True where the count is an estimate made here. Default false. */
  estimated?: boolean;
}

/** What changes the size of a prompt besides its messages. */
export interface LLMCountTokensOptions
  extends CallOptions, Pick<LLMChatOptions, 'model' | 'tools' | 'responseFormat'> {}

export interface LLMListModelsOptions extends CallOptions {
  /** Position from a previous page's `nextCursor`. */
  readonly cursor?: string;
  /** Most items per page; the provider may give fewer. */
  readonly pageSize?: number;
}

/**
 * A language model behind one connection. Only `chat`, `stream` and `countTokens` are required; `complete(provider)`
 * adds the others. Failures reject with core's `IntegrationError`: `aborted` and `timeout` for the caller's signal and
 * time limit, `unsupported` for a method or input that the provider does not have.
 */
export interface LLMProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: LLMCapabilities;

  /** One complete answer. */
  chat(messages: readonly LLMMessage[], options?: LLMChatOptions): Promise<LLMResponse>;

  /** The same answer as it is written: text, whole tool calls, usage, then `end`. Can be iterated once. */
  stream(messages: readonly LLMMessage[], options?: LLMChatOptions): AsyncIterable<LLMStreamChunk>;

  /** The same answer in full detail: blocks with ids, reasoning, sources, warnings. Can be iterated once. */
  streamParts?(messages: readonly LLMMessage[], options?: LLMChatOptions): AsyncIterable<LLMStreamPart>;

  /**
   * Size of a prompt before it is sent.
   *
   * @throws {IntegrationError} `unsupported` where the provider can neither count nor estimate.
   */
  countTokens(messages: readonly LLMMessage[], options?: LLMCountTokensOptions): Promise<TokenCountResult>;

  /** The models that the connection may use. */
  listModels?(options?: LLMListModelsOptions): Promise<Page<LLMModelInfo>>;

  /** Many calls at once, cheaper and later. */
  readonly batch?: LLMBatchProvider;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
