import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4ToolChoice,
} from '@ai-sdk/provider';
import type { CallOptions } from '@mortise/core';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMMessage } from '../model/message.ts';
import { jsonSchemaOf } from '../structured/json-schema-of.ts';
import { loadFileStreams } from '../wire/load-file-streams.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { aiSdkJson } from './json.ts';
import { promptToAiSdk } from './prompt-to-ai-sdk.ts';

/** A call in the terms of the AI SDK. What has no place in it becomes a warning. */
export async function callToAiSdk(
  messages: readonly LLMMessage[],
  options: LLMChatOptions,
  abortSignal: AbortSignal,
  warnings: WarningList,
): Promise<LanguageModelV4CallOptions> {
  const { temperature, topP, topK, seed, presencePenalty, frequencyPenalty, maxOutputTokens, stopSequences } = options;
  warnOfTheRest(options, warnings);
  return {
    prompt: promptToAiSdk(await loadFileStreams(messages), warnings),
    abortSignal,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequencyPenalty }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(stopSequences === undefined ? {} : { stopSequences: [...stopSequences] }),
    ...responseFormat(options),
    ...toolOptions(options, warnings),
    ...(typeof options.reasoning === 'string' ? { reasoning: options.reasoning } : {}),
    ...(options.includeRaw === true ? { includeRawChunks: true } : {}),
    ...headers(options),
    ...(options.providerOptions === undefined ? {} : { providerOptions: aiSdkJson(options.providerOptions) }),
  };
}

/** Settings that the AI SDK has no field for. */
function warnOfTheRest(options: LLMChatOptions, warnings: WarningList): void {
  for (const field of ['userId', 'metadata', 'parallelToolCalls', 'idempotencyKey'] as const) {
    if (options[field] !== undefined) warnings.unsupported(field, `The AI SDK has no "${field}"; use providerOptions`);
  }
  if (typeof options.reasoning === 'object') {
    warnings.unsupported('reasoning', 'The AI SDK takes an effort; set a budget in tokens in providerOptions');
  }
}

function responseFormat({
  responseFormat: format,
}: LLMChatOptions): Pick<LanguageModelV4CallOptions, 'responseFormat'> {
  if (format === undefined) return {};
  if (typeof format === 'string') return { responseFormat: { type: format } };
  const { name, description } = format;
  return {
    responseFormat: {
      type: 'json',
      schema: jsonSchemaOf(format.schema, 'responseFormat.schema'),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    },
  };
}

function toolOptions(
  options: LLMChatOptions,
  warnings: WarningList,
): Pick<LanguageModelV4CallOptions, 'tools' | 'toolChoice'> {
  const tools = (options.tools ?? []).flatMap((tool): LanguageModelV4FunctionTool[] => {
    if (tool.execution === 'provider') {
      warnings.unsupported('tools', 'Tools run by the provider are set up on the AI SDK model');
      return [];
    }
    return [
      {
        type: 'function',
        name: tool.name,
        inputSchema: jsonSchemaOf(tool.inputSchema, `tools.${tool.name}.inputSchema`),
        ...(tool.description === undefined ? {} : { description: tool.description }),
        ...(tool.strict === undefined ? {} : { strict: tool.strict }),
        ...(tool.inputExamples === undefined
          ? {}
          : { inputExamples: tool.inputExamples.map((input) => ({ input: { ...input } })) }),
      },
    ];
  });
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(options.toolChoice === undefined ? {} : { toolChoice: toolChoice(options.toolChoice) }),
  };
}

function toolChoice(choice: NonNullable<LLMChatOptions['toolChoice']>): LanguageModelV4ToolChoice {
  return typeof choice === 'object' ? { type: 'tool', toolName: choice.tool } : { type: choice };
}

function headers({ headers: own, traceparent }: CallOptions): Pick<LanguageModelV4CallOptions, 'headers'> {
  if (own === undefined && traceparent === undefined) return {};
  return { headers: { ...(traceparent === undefined ? {} : { traceparent }), ...own } };
}
