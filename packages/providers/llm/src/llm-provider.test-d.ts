import { describe, expectTypeOf, it } from 'vitest';
import type { LLMProvider } from './llm-provider.ts';
import type { LLMChatOptions } from './model/chat-options.ts';
import type { LLMMessage } from './model/message.ts';
import type { LLMResponse } from './model/response.ts';
import type { LLMTokenUsage } from './model/usage.ts';
import type { LLMToolDefinition } from './model/tool.ts';
import type { PortableLLMMessage, PortableLLMResponse } from './schema/index.ts';
import type { LLMModelInfoSchema, LLMTokenUsageSchema } from './schema/index.ts';
import type { LLMModelInfo } from './model/model-listing.ts';
import type { Static } from '@mortise/core/schema';
import { seedCompat } from './seed-compat.ts';

/** The first interface, as its implementers and consumers know it. */
type SeedPart =
  | { type: 'text'; text: string }
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  | { type: 'tool-result'; toolCallId: string; output: string };
interface SeedMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: SeedPart[];
  name?: string;
  toolCallId?: string;
  metadata?: Record<string, string>;
}
interface SeedOptions {
  model?: string;
  temperature?: number;
  topP?: number;
  maxOutputTokens?: number;
  stopSequences?: string[];
  responseFormat?: 'text' | 'json';
  tools?: { name: string; description?: string; inputSchema: unknown }[];
  userId?: string;
  metadata?: Record<string, string>;
  timeoutMs?: number;
  signal?: AbortSignal;
}
interface SeedUsage {
  promptTokens: number;
  completionTokens: number;
  totalTokens: number;
}
interface SeedResponse {
  message: SeedMessage;
  usage?: SeedUsage;
  finishReason?: 'stop' | 'length' | 'tool_call' | 'content_filter';
  raw?: unknown;
}
type SeedChunk =
  | { type: 'message_delta'; delta: SeedPart; index: number }
  | { type: 'tool_call'; call: Extract<SeedPart, { type: 'tool-call' }>; index: number }
  | { type: 'usage'; usage: SeedUsage }
  | { type: 'error'; error: Error }
  | { type: 'end'; response: SeedResponse };
interface SeedProvider {
  chat(messages: SeedMessage[], options?: SeedOptions): Promise<SeedResponse>;
  stream(messages: SeedMessage[], options?: SeedOptions): AsyncIterable<SeedChunk>;
  countTokens(messages: SeedMessage[]): Promise<{ promptTokens: number }>;
}

declare const seedProvider: SeedProvider;
declare const ours: LLMProvider;

describe('beside the first interface', () => {
  it('an implementation of the first interface is an LLMProvider', () => {
    expectTypeOf(seedProvider).toExtend<LLMProvider>();
    class Old implements LLMProvider {
      async chat(messages: SeedMessage[], _options?: SeedOptions): Promise<SeedResponse> {
        return { message: messages[0] ?? { role: 'assistant', content: [] } };
      }
      async *stream(_messages: SeedMessage[]): AsyncGenerator<SeedChunk, void> {}
      async countTokens(_messages: SeedMessage[]): Promise<{ promptTokens: number }> {
        return { promptTokens: 0 };
      }
    }
    expectTypeOf<Old>().toExtend<LLMProvider>();
  });

  it('its messages, options, tools and answers fit ours', () => {
    expectTypeOf<SeedMessage>().toExtend<LLMMessage>();
    expectTypeOf<SeedOptions>().toExtend<LLMChatOptions>();
    expectTypeOf<SeedUsage>().toExtend<LLMTokenUsage>();
    expectTypeOf<SeedResponse>().toExtend<LLMResponse>();
    expectTypeOf<NonNullable<SeedOptions['tools']>[number]>().toExtend<LLMToolDefinition>();
  });

  it('our provider fits it through seedCompat alone', () => {
    // @ts-expect-error the widened unions are not the first interface's
    expectTypeOf(ours).toExtend<SeedProvider>();
    expectTypeOf(seedCompat(ours)).toExtend<SeedProvider>();
  });
});

describe('a wrong field', () => {
  it('is an error in options, messages and answers', () => {
    // @ts-expect-error misspelled option
    void ours.chat([], { maxTokens: 1 });
    // @ts-expect-error a level that does not exist
    void ours.chat([], { reasoning: 'extreme' });
    // @ts-expect-error content is a list of parts
    void ours.chat([{ role: 'user', content: 'Hi' }]);
    // @ts-expect-error a tool call has arguments, not input
    void ours.chat([{ role: 'assistant', content: [{ type: 'tool-call', id: 'a', name: 't', input: {} }] }]);
    // @ts-expect-error an answer has no text; see textOf
    void ours.chat([]).then((answer) => answer.text);
    expectTypeOf<Awaited<ReturnType<LLMProvider['chat']>>>().not.toHaveProperty('text');
  });

  it('an optional method must be looked at before it is called', () => {
    // @ts-expect-error possibly undefined
    void ours.listModels();
    expectTypeOf<LLMProvider['listModels']>().toBeNullable();
  });

  it('inputs may be frozen', () => {
    expectTypeOf<LLMProvider['chat']>().toBeCallableWith(Object.freeze<LLMMessage[]>([]));
  });
});

describe('schemas and interfaces', () => {
  it('agree: what a schema describes is what the interface takes', () => {
    expectTypeOf<LLMMessage['role']>().toEqualTypeOf<PortableLLMMessage['role']>();
    expectTypeOf<LLMResponse['finishReason']>().toEqualTypeOf<PortableLLMResponse['finishReason']>();
    expectTypeOf<keyof PortableLLMMessage>().toEqualTypeOf<keyof LLMMessage>();
    expectTypeOf<keyof PortableLLMResponse>().toEqualTypeOf<Exclude<keyof LLMResponse, 'raw'>>();
    expectTypeOf<PortableLLMMessage['content'][number]['type']>().toEqualTypeOf<
      LLMMessage['content'][number]['type']
    >();
    expectTypeOf<Omit<Static<typeof LLMTokenUsageSchema>, 'raw'>>().toEqualTypeOf<Omit<LLMTokenUsage, 'raw'>>();
    expectTypeOf<Static<typeof LLMModelInfoSchema>>().toEqualTypeOf<LLMModelInfo>();
  });
});
