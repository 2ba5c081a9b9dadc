import type { LLMContentPart, LLMToolCallPart } from '../model/content-part.ts';
import type { LLMResponse } from '../model/response.ts';
import type { LLMTokenUsage } from '../model/usage.ts';

/**
 * One item of `LLMProvider.stream`: text as it grows, whole tool calls, usage, and at the end the finished answer.
 * `index` is that of the choice, 0 unless a provider was made to give several. For everything else that a stream can
 * tell, use `streamParts`.
 */
export type LLMStreamChunk =
  | { type: 'message_delta'; delta: LLMContentPart; index: number }
  | { type: 'tool_call'; call: LLMToolCallPart; index: number }
  | { type: 'usage'; usage: LLMTokenUsage }
  /** A failure that the stream survived. A fatal one is thrown instead, never both. */
  | { type: 'error'; error: Error }
  | { type: 'end'; response: LLMResponse };
