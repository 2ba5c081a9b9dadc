import { IntegrationError } from '@mortise/core';
import { createBatchFromChat } from './batch-from-chat.ts';
import type { LLMBatchProvider } from './llm-batch-provider.ts';
import type { LLMProvider } from './llm-provider.ts';
import { partsFromChunks } from './stream/parts-from-chunks.ts';

/** A provider with every optional method in place. */
export interface CompleteLLMProvider extends LLMProvider {
  streamParts: NonNullable<LLMProvider['streamParts']>;
  listModels: NonNullable<LLMProvider['listModels']>;
  readonly batch: LLMBatchProvider;
  close: NonNullable<LLMProvider['close']>;
}

/**
 * Fills in what a provider lacks: `streamParts` from `stream`, `batch` from single calls, `close` as nothing to do,
 * and `listModels` as a method that rejects with `unsupported`. Methods that the provider has are used as they are.
 */
export function complete(provider: LLMProvider): CompleteLLMProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    chat: (messages, options) => provider.chat(messages, options),
    stream: (messages, options) => provider.stream(messages, options),
    streamParts: (messages, options) =>
      provider.streamParts?.(messages, options) ?? partsFromChunks(provider.stream(messages, options)),
    countTokens: (messages, options) => provider.countTokens(messages, options),
    listModels: (options) =>
      provider.listModels?.(options) ??
      Promise.reject(
        new IntegrationError({ code: 'unsupported', message: 'This language-model provider cannot list its models' }),
      ),
    batch: provider.batch ?? createBatchFromChat(provider),
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}
