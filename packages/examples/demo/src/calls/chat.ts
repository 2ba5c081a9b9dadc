import type { mistralIntegrationSpec } from '@mortise/provider-llm/specs';
import type { LLMProvider } from '@mortise/provider-llm';
import { createChatCompletionProvider, MISTRAL_DIALECT } from '@mortise/provider-llm/wire';
import { textOf } from '@mortise/provider-llm';
import type { SlotExecutor } from '@mortise/runtime';

type ChatExecutor<T> = SlotExecutor<T, typeof mistralIntegrationSpec>;

export interface StreamedAnswer {
  readonly text: string;
  /** Pieces in which the answer came. */
  readonly pieces: number;
}

/** Where the model lives in this demo, instead of at its vendor. */
export interface ChatTarget {
  readonly url: string;
}

/** Asks once and gives the whole answer. */
export function chat({ url }: ChatTarget, question: string): ChatExecutor<string> {
  return async (connection, { apiKey }, { signal }) => {
    const { message } = await providerFor(url, connection.config.model, apiKey).chat(ask(question), { signal });
    return textOf(message);
  };
}

/** Asks once and reads the answer as it is written. A stream that breaks off is an attempt that failed. */
export function streamChat({ url }: ChatTarget, question: string): ChatExecutor<StreamedAnswer> {
  return async (connection, { apiKey }, { signal }) => {
    let text = '';
    let pieces = 0;
    const model = providerFor(url, connection.config.model, apiKey);
    for await (const chunk of model.stream(ask(question), { signal })) {
      if (chunk.type !== 'message_delta' || chunk.delta.type !== 'text') continue;
      text += chunk.delta.text;
      pieces += 1;
    }
    return { text, pieces };
  };
}

function providerFor(url: string, model: string | undefined, apiKey: string): LLMProvider {
  return createChatCompletionProvider({
    baseUrl: `${url}/v1`,
    model: model ?? 'mistral-small-latest',
    headers: { authorization: `Bearer ${apiKey}` },
    dialect: MISTRAL_DIALECT,
  });
}

function ask(question: string): Parameters<LLMProvider['chat']>[0] {
  return [{ role: 'user', content: [{ type: 'text', text: question }] }];
}
