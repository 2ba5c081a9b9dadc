import type { EmbeddingObservedRequest } from '@mortise/provider-embedding/testing';
import type { LLMToolChoice } from '@mortise/provider-llm';
import type { LLMObservedRequest } from '@mortise/provider-llm/testing';
import type { RecordedRequest } from '@mortise/testing/server';

/** A chat-completions request in the terms of the kit. */
export function observeChat(record: RecordedRequest): LLMObservedRequest {
  const request = Object(record.json());
  const messages = listOf(request.messages);
  const lastUser = messages.findLast((message) => message.role === 'user');
  const toolChoice = readToolChoice(request.tool_choice);
  return {
    text: record.text(),
    prompt: textOf(lastUser?.content),
    headers: record.headers,
    tools: listOf(request.tools).map((tool) => String(Object(tool.function).name)),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    reasoning: messages.flatMap(readReasoning),
    toolResults: messages
      .filter((message) => message.role === 'tool')
      .map((message) => ({ callId: String(message.tool_call_id), output: textOf(message.content) })),
    hasSchema: Object(request.response_format).type === 'json_schema',
    ...credentialOf(record),
  };
}

/** An embeddings request in the terms of the kit. */
export function observeEmbeddings(record: RecordedRequest): EmbeddingObservedRequest {
  const request = Object(record.json());
  const dimensions: unknown = request.dimensions ?? request.output_dimension;
  return {
    text: record.text(),
    texts: Array.isArray(request.input) ? request.input.map(String) : [String(request.input)],
    headers: record.headers,
    ...(typeof request.model === 'string' ? { model: request.model } : {}),
    ...(typeof dimensions === 'number' ? { dimensions } : {}),
    ...credentialOf(record),
  };
}

function credentialOf({ headers }: RecordedRequest): { credential?: string } {
  const credential = headers['authorization']?.replace(/^Bearer /, '');
  return credential === undefined ? {} : { credential };
}

/** Records of untyped JSON. */
function listOf(value: unknown): ReturnType<typeof Object>[] {
  return Array.isArray(value) ? value.map((item: unknown) => Object(item)) : [];
}

/** Content as text, or the texts of its parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content)
    .map((part) => (typeof part.text === 'string' ? part.text : ''))
    .join('');
}

function readToolChoice(choice: unknown): LLMToolChoice | undefined {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice;
  if (choice === 'any') return 'required';
  const name: unknown = Object(Object(choice).function).name;
  return typeof name === 'string' ? { tool: name } : undefined;
}

function readReasoning(message: ReturnType<typeof Object>): string[] {
  const plain: unknown = message.reasoning_content;
  const thoughts = listOf(message.content)
    .filter((chunk) => chunk.type === 'thinking')
    .map((chunk) => textOf(chunk.thinking));
  return typeof plain === 'string' ? [plain, ...thoughts] : thoughts;
}
