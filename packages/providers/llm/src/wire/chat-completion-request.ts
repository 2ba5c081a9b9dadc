import type { IntegrationWarning, JsonObject, JsonValue } from '@mortise/core';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMMessage } from '../model/message.ts';
import type { LLMToolDefinition } from '../model/tool.ts';
import { jsonSchemaOf } from '../structured/json-schema-of.ts';
import type { ChatCompletionDialect } from './dialect.ts';
import { messageToWire } from './message-to-wire.ts';
import { WarningList } from './warning-list.ts';

export interface ChatCompletionRequestSettings {
  readonly dialect: ChatCompletionDialect;
  /** Used where the options name no model. */
  readonly model: string;
  /** Whether the answer is wanted as a stream. Default false. */
  readonly stream?: boolean;
}

export interface ChatCompletionRequest {
  /** What to send as the JSON body of `POST …/chat/completions`. */
  readonly body: JsonObject;
  /** What of the messages and options the body does not carry as asked. Belongs into the result. */
  readonly warnings: IntegrationWarning[];
}

/**
 * Messages and options as a request of the chat-completions format. Total: each field is in the body, or named in a
 * warning, or the request is refused. `signal`, `timeoutMs`, `headers`, `traceparent` and `idempotencyKey` concern the
 * sending and are left to the sender; a key that the vendor would ignore is warned of here.
 *
 * @throws {IntegrationError} `unsupported` for a file or part that the format cannot carry; `invalid_request` for a
 * tool turn that answers no call and for a schema that is none.
 */
export function toChatCompletionRequest(
  messages: readonly LLMMessage[],
  options: LLMChatOptions,
  settings: ChatCompletionRequestSettings,
): ChatCompletionRequest {
  const warnings = new WarningList();
  const { dialect } = settings;
  if (options.idempotencyKey !== undefined && dialect.idempotencyHeader === undefined) {
    warnings.unsupported(
      'idempotencyKey',
      `"${dialect.providerKey}" has no idempotency: a repeated call is another call`,
    );
  }
  const body: JsonObject = {
    model: options.model ?? settings.model,
    messages: messages.flatMap((message, index) =>
      messageToWire(message, { dialect, warnings, place: `messages[${index}]` }),
    ),
    ...sampling(options, dialect, warnings),
    ...format(options),
    ...tools(options, dialect, warnings),
    ...reasoning(options, dialect, warnings),
    ...labels(options, dialect, warnings),
    ...(settings.stream === true ? { stream: true } : {}),
    ...(settings.stream === true && dialect.asksForStreamUsage ? { stream_options: { include_usage: true } } : {}),
    ...options.providerOptions?.[dialect.providerKey],
  };
  return { body, warnings: warnings.list() };
}

function sampling(options: LLMChatOptions, dialect: ChatCompletionDialect, warnings: WarningList): JsonObject {
  const body: Record<string, JsonValue> = {};
  if (options.temperature !== undefined) body['temperature'] = options.temperature;
  if (options.topP !== undefined) body['top_p'] = options.topP;
  if (options.presencePenalty !== undefined) body['presence_penalty'] = options.presencePenalty;
  if (options.frequencyPenalty !== undefined) body['frequency_penalty'] = options.frequencyPenalty;
  if (options.maxOutputTokens !== undefined) body[dialect.maxTokensField] = options.maxOutputTokens;
  if (options.stopSequences !== undefined) body['stop'] = options.stopSequences;
  if (options.topK !== undefined) {
    if (dialect.hasTopK) body['top_k'] = options.topK;
    else warnings.unsupported('topK', `"${dialect.providerKey}" has no top-k sampling`);
  }
  if (options.seed !== undefined) {
    if (dialect.seedField !== undefined) body[dialect.seedField] = options.seed;
    else warnings.unsupported('seed', `"${dialect.providerKey}" has no seed`);
  }
  return body;
}

function format({ responseFormat }: LLMChatOptions): JsonObject {
  if (responseFormat === undefined) return {};
  if (responseFormat === 'text') return { response_format: { type: 'text' } };
  if (responseFormat === 'json') return { response_format: { type: 'json_object' } };
  const { name = 'response', description, strict = true } = responseFormat;
  const schema = jsonSchemaOf(responseFormat.schema, 'responseFormat.schema');
  return {
    response_format: {
      type: 'json_schema',
      json_schema: { name, ...(description === undefined ? {} : { description }), schema, strict },
    },
  };
}

function tools(options: LLMChatOptions, dialect: ChatCompletionDialect, warnings: WarningList): JsonObject {
  const body: Record<string, JsonValue> = {};
  const offered = (options.tools ?? []).filter((tool) => isCarried(tool, warnings));
  if (offered.length > 0) body['tools'] = offered.map(toolToWire);
  if (options.toolChoice !== undefined) {
    // Vendors refuse a choice without tools; without tools, none can be called anyway.
    if (offered.length > 0) body['tool_choice'] = toolChoice(options.toolChoice, dialect);
    else if (options.toolChoice !== 'none' && options.toolChoice !== 'auto') {
      warnings.unsupported('toolChoice', 'No tool was offered that could be called');
    }
  }
  if (options.parallelToolCalls !== undefined && offered.length > 0) {
    body['parallel_tool_calls'] = options.parallelToolCalls;
  }
  return body;
}

function isCarried(tool: LLMToolDefinition, warnings: WarningList): boolean {
  if (tool.inputExamples !== undefined) {
    warnings.unsupported('inputExamples', 'The format has no field for example arguments');
  }
  if (tool.execution !== 'provider') return true;
  warnings.unsupported('tools', 'Tools run by the provider are set in providerOptions');
  return false;
}

function toolToWire(tool: LLMToolDefinition): JsonObject {
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description === undefined ? {} : { description: tool.description }),
      parameters: jsonSchemaOf(tool.inputSchema, `tools.${tool.name}.inputSchema`),
      ...(tool.strict === undefined ? {} : { strict: tool.strict }),
    },
  };
}

function toolChoice(choice: NonNullable<LLMChatOptions['toolChoice']>, dialect: ChatCompletionDialect): JsonValue {
  if (typeof choice === 'object') return { type: 'function', function: { name: choice.tool } };
  return choice === 'required' ? dialect.requiredToolChoice : choice;
}

function reasoning(options: LLMChatOptions, dialect: ChatCompletionDialect, warnings: WarningList): JsonObject {
  const effort = options.reasoning;
  if (effort === undefined) return {};
  if (typeof effort === 'string' && dialect.reasoningEfforts?.includes(effort) === true) {
    return { reasoning_effort: effort };
  }
  const asked = typeof effort === 'string' ? `effort "${effort}"` : 'a budget in tokens';
  warnings.unsupported('reasoning', `"${dialect.providerKey}" does not take ${asked}`);
  return {};
}

function labels(options: LLMChatOptions, dialect: ChatCompletionDialect, warnings: WarningList): JsonObject {
  const body: Record<string, JsonValue> = {};
  if (options.metadata !== undefined) body['metadata'] = options.metadata;
  if (options.userId !== undefined) {
    if (dialect.userField !== undefined) body[dialect.userField] = options.userId;
    else warnings.unsupported('userId', `"${dialect.providerKey}" takes no end-user id`);
  }
  return body;
}
