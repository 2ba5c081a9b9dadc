import type {
  LanguageModelV2CallOptions,
  LanguageModelV3CallOptions,
  LanguageModelV4CallOptions,
} from '@ai-sdk/provider';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMToolDefinition } from '../model/tool.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { ourJson, ourJsonObject } from './json.ts';

/** A call as it comes in from the AI SDK in any of its versions. */
export type AiSdkCallOptions = LanguageModelV2CallOptions | LanguageModelV3CallOptions | LanguageModelV4CallOptions;

/** The settings of a call of the AI SDK in our terms. What has no place in them becomes a warning. */
export function callFromAiSdk(call: AiSdkCallOptions, warnings: WarningList): LLMChatOptions {
  const { temperature, topP, topK, seed, presencePenalty, frequencyPenalty, maxOutputTokens, stopSequences } = call;
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequencyPenalty }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(stopSequences === undefined ? {} : { stopSequences }),
    ...(call.abortSignal === undefined ? {} : { signal: call.abortSignal }),
    ...(call.includeRawChunks === true ? { includeRaw: true } : {}),
    ...(call.providerOptions === undefined ? {} : { providerOptions: ourJson(call.providerOptions) }),
    ...headers(call),
    ...responseFormat(call),
    ...toolOptions(call, warnings),
    ...reasoning(call, warnings),
  };
}

function headers({ headers: given }: AiSdkCallOptions): Pick<LLMChatOptions, 'headers'> {
  if (given === undefined) return {};
  const known = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return known.length === 0 ? {} : { headers: Object.fromEntries(known) };
}

function responseFormat({ responseFormat: format }: AiSdkCallOptions): Pick<LLMChatOptions, 'responseFormat'> {
  if (format === undefined) return {};
  if (format.type === 'text') return { responseFormat: 'text' };
  if (format.schema === undefined) return { responseFormat: 'json' };
  const { name, description } = format;
  return {
    responseFormat: {
      type: 'json',
      schema: JSON.parse(JSON.stringify(format.schema)),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    },
  };
}

function toolOptions(call: AiSdkCallOptions, warnings: WarningList): Pick<LLMChatOptions, 'tools' | 'toolChoice'> {
  const tools = (call.tools ?? []).flatMap((tool): LLMToolDefinition[] => {
    if (tool.type !== 'function') {
      warnings.unsupported('tools', `The provider tool "${tool.id}" cannot be passed on`);
      return [];
    }
    return [
      {
        name: tool.name,
        inputSchema: tool.inputSchema,
        ...(tool.description === undefined ? {} : { description: tool.description }),
        ...('strict' in tool && tool.strict !== undefined ? { strict: tool.strict } : {}),
        ...(!('inputExamples' in tool) || tool.inputExamples === undefined
          ? {}
          : { inputExamples: tool.inputExamples.map(({ input }) => ourJsonObject(input)) }),
      },
    ];
  });
  const { toolChoice } = call;
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(toolChoice === undefined || tools.length === 0
      ? {}
      : { toolChoice: toolChoice.type === 'tool' ? { tool: toolChoice.toolName } : toolChoice.type }),
  };
}

function reasoning(call: AiSdkCallOptions, warnings: WarningList): Pick<LLMChatOptions, 'reasoning'> {
  const effort = 'reasoning' in call ? call.reasoning : undefined;
  if (effort === undefined || effort === 'provider-default') return {};
  if (effort !== 'max') return { reasoning: effort };
  warnings.compatibility('reasoning', '"max" is passed on as "xhigh", the highest effort');
  return { reasoning: 'xhigh' };
}
