import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMMessage } from '../model/message.ts';
import { textOf } from '../model/message.ts';
import type { LLMObservedRequest } from './observed-request.ts';

/** A call as the model behind it sees it. */
export function observe(
  messages: readonly LLMMessage[],
  options: LLMChatOptions,
  credential?: string,
): LLMObservedRequest {
  const { signal: _signal, timeoutMs: _timeoutMs, headers = {}, ...carried } = options;
  const parts = messages.flatMap((message) => message.content);
  const lastPrompt = messages.findLast((message) => message.role === 'user');
  return {
    text: JSON.stringify({ messages: messages.map(withoutLabels), ...carried }, bytesAsText),
    prompt: lastPrompt === undefined ? '' : textOf(lastPrompt),
    headers: {
      ...headers,
      ...(options.traceparent === undefined ? {} : { traceparent: options.traceparent }),
    },
    tools: (options.tools ?? []).map((tool) => tool.name),
    ...(options.toolChoice === undefined ? {} : { toolChoice: options.toolChoice }),
    reasoning: parts.filter((part) => part.type === 'reasoning').map((part) => part.text),
    toolResults: parts
      .filter((part) => part.type === 'tool-result')
      .map((part) => ({ callId: part.toolCallId, output: part.output })),
    hasSchema: typeof options.responseFormat === 'object',
    ...(credential === undefined ? {} : { credential }),
  };
}

/** The caller's own labels are never sent. */
function withoutLabels(message: LLMMessage): Omit<LLMMessage, 'metadata'> {
  const { metadata: _, ...sent } = message;
  return sent;
}

/** Bytes as base64, as a JSON wire would carry them. */
function bytesAsText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? btoa(String.fromCharCode(...value)) : value;
}
