import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultPart,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider';
import type { JsonObject } from '@mortise/core';
import type { LLMContentPart, LLMFilePart, LLMTextPart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMMessage } from '../model/message.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { fileFromAiSdk } from './file-to-ai-sdk.ts';
import { ourJson } from './json.ts';

type AssistantPart = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'][number];

/** A prompt of the AI SDK as our messages. What has no place in them becomes a warning. */
export function promptFromAiSdk(prompt: LanguageModelV4Prompt, warnings: WarningList): LLMMessage[] {
  return prompt.map((message): LLMMessage => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: [{ type: 'text', text: message.content, ...metadata(message) }] };
      case 'user':
        return {
          role: 'user',
          content: message.content.map((part) =>
            part.type === 'text' ? { type: 'text', text: part.text, ...metadata(part) } : filePart(part),
          ),
        };
      case 'assistant':
        return { role: 'assistant', content: message.content.flatMap((part) => assistantPart(part, warnings)) };
      default:
        return {
          role: 'tool',
          content: message.content.flatMap((part): LLMContentPart[] => {
            if (part.type === 'tool-result') return [toolResult(part)];
            warnings.unsupported(part.type, 'Approvals of provider tools cannot be sent on');
            return [];
          }),
        };
    }
  });
}

function assistantPart(part: AssistantPart, warnings: WarningList): LLMContentPart[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [{ type: part.type, text: part.text, ...metadata(part) }];
    case 'file':
      return [filePart(part)];
    case 'tool-call':
      return [
        {
          type: 'tool-call',
          id: part.toolCallId,
          name: part.toolName,
          arguments: typeof part.input === 'string' ? part.input : JSON.stringify(part.input ?? {}),
          ...(part.providerExecuted === true ? { execution: 'provider' as const } : {}),
          ...metadata(part),
        },
      ];
    case 'tool-result':
      return [toolResult(part)];
    default:
      warnings.unsupported(part.type, `A "${part.type}" part has no place in a message`);
      return [];
  }
}

function filePart(part: LanguageModelV4FilePart): LLMFilePart {
  return { type: 'file', file: fileFromAiSdk(part.data, part.mediaType, part.filename), ...metadata(part) };
}

function toolResult(part: LanguageModelV4ToolResultPart): LLMToolResultPart {
  const base = { type: 'tool-result' as const, toolCallId: part.toolCallId, ...metadata(part) };
  const { output } = part;
  switch (output.type) {
    case 'text':
      return { ...base, output: output.value };
    case 'json':
      return { ...base, output: JSON.stringify(output.value) };
    case 'error-text':
      return { ...base, output: output.value, isError: true };
    case 'error-json':
      return { ...base, output: JSON.stringify(output.value), isError: true };
    case 'execution-denied': {
      const denied = output.reason === undefined ? {} : { reason: output.reason };
      return { ...base, output: output.reason ?? '', denied };
    }
    default: {
      const content = output.value.flatMap((item): (LLMTextPart | LLMFilePart)[] => {
        if (item.type === 'text') return [{ type: 'text', text: item.text }];
        if (item.type === 'custom') return [];
        return [{ type: 'file', file: fileFromAiSdk(item.data, item.mediaType, item.filename) }];
      });
      const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
      return { ...base, output: text, content };
    }
  }
}

function metadata({ providerOptions }: { readonly providerOptions?: SharedV4ProviderOptions }): {
  providerMetadata?: Record<string, JsonObject>;
} {
  return providerOptions === undefined ? {} : { providerMetadata: ourJson(providerOptions) };
}
