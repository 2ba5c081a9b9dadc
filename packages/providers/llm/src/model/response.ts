import type { ResultMeta } from '@mortise/core';
import type { LLMMessage } from './message.ts';
import type { LLMTokenUsage } from './usage.ts';

/**
 * Why the model stopped: it was done, the token limit was reached, it waits for tools, a filter stepped in, the
 * provider failed midway, or something else, named in `rawFinishReason`.
 */
export type LLMFinishReason = 'stop' | 'length' | 'tool_call' | 'content_filter' | 'error' | 'other';

/** A finished answer. A fact that the provider did not report is absent. */
export interface LLMResponse extends ResultMeta {
  /** The assistant's turn, fit to be sent back as part of the next call. */
  message: LLMMessage;
  /** Absent where the provider reports none. */
  usage?: LLMTokenUsage;
  finishReason?: LLMFinishReason;
  /** The reason in the provider's own word. */
  rawFinishReason?: string;
  /** The provider's id of the answer. */
  id?: string;
  /** The model that answered, which can differ from the one asked for. */
  modelId?: string;
  /** ISO 8601 instant. */
  createdAt?: string;
  /** The parsed answer where a schema was asked for and the answer fits it; absent, with a warning, where not. */
  object?: unknown;
}
