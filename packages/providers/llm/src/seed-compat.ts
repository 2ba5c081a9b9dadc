import type { LLMCountTokensOptions, LLMProvider, TokenCountResult } from './llm-provider.ts';
import type { LLMChatOptions } from './model/chat-options.ts';
import type { LLMContentPart, LLMTextPart, LLMToolCallPart, LLMToolResultPart } from './model/content-part.ts';
import type { LLMMessage } from './model/message.ts';
import type { LLMResponse } from './model/response.ts';
import type { LLMTokenUsage } from './model/usage.ts';

/** The parts that consumers of the first interface know. */
export type SeedLLMContentPart = LLMTextPart | LLMToolCallPart | LLMToolResultPart;

export interface SeedLLMMessage extends Omit<LLMMessage, 'content'> {
  content: SeedLLMContentPart[];
}

export interface SeedLLMResponse extends Omit<LLMResponse, 'message' | 'finishReason'> {
  message: SeedLLMMessage;
  finishReason?: 'stop' | 'length' | 'tool_call' | 'content_filter';
}

export type SeedLLMStreamChunk =
  | { type: 'message_delta'; delta: SeedLLMContentPart; index: number }
  | { type: 'tool_call'; call: LLMToolCallPart; index: number }
  | { type: 'usage'; usage: LLMTokenUsage }
  | { type: 'error'; error: Error }
  | { type: 'end'; response: SeedLLMResponse };

/** A provider whose results hold nothing that the first interface did not have. */
export interface SeedLLMProvider {
  chat(messages: readonly LLMMessage[], options?: LLMChatOptions): Promise<SeedLLMResponse>;
  stream(messages: readonly LLMMessage[], options?: LLMChatOptions): AsyncIterable<SeedLLMStreamChunk>;
  countTokens(messages: readonly LLMMessage[], options?: LLMCountTokensOptions): Promise<TokenCountResult>;
}

/**
 * For code written against the first interface, whose unions were narrower: folds what came later.
 *
 * | given | becomes |
 * | --- | --- |
 * | finish reason `error`, `other` | absent |
 * | refusal part | text part |
 * | file, reasoning, source part | left out |
 *
 * Do not send a folded message back to a provider that needs its reasoning: keep the original for that.
 */
export function seedCompat(provider: LLMProvider): SeedLLMProvider {
  return {
    chat: async (messages, options) => foldResponse(await provider.chat(messages, options)),
    stream: (messages, options) => foldStream(provider.stream(messages, options)),
    countTokens: (messages, options) => provider.countTokens(messages, options),
  };
}

async function* foldStream(chunks: ReturnType<LLMProvider['stream']>): AsyncGenerator<SeedLLMStreamChunk, void> {
  for await (const chunk of chunks) {
    if (chunk.type === 'message_delta') {
      for (const delta of foldPart(chunk.delta)) yield { ...chunk, delta };
    } else if (chunk.type === 'end') yield { type: 'end', response: foldResponse(chunk.response) };
    else yield chunk;
  }
}

function foldResponse({ message, finishReason, ...rest }: LLMResponse): SeedLLMResponse {
  const folded: SeedLLMResponse = { ...rest, message: { ...message, content: message.content.flatMap(foldPart) } };
  if (finishReason !== undefined && finishReason !== 'error' && finishReason !== 'other') {
    folded.finishReason = finishReason;
  }
  return folded;
}

function foldPart(part: LLMContentPart): SeedLLMContentPart[] {
  switch (part.type) {
    case 'text':
    case 'tool-call':
    case 'tool-result':
      return [part];
    case 'refusal':
      return [{ ...part, type: 'text' }];
    default:
      return [];
  }
}
