import type {
  LanguageModelV2FilePart,
  LanguageModelV2Message,
  LanguageModelV2ToolResultPart,
  LanguageModelV3FilePart,
  LanguageModelV3Message,
  LanguageModelV3ToolResultPart,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider';
import type { FileInput, JsonObject } from '@mortise/core';
import type { LLMContentPart, LLMFilePart, LLMTextPart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMMessage } from '../model/message.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { fileFromAiSdk } from './file-to-ai-sdk.ts';
import { ourJson } from './json.ts';

type AnyMessage = LanguageModelV2Message | LanguageModelV3Message | LanguageModelV4Message;
type AnyFilePart = LanguageModelV2FilePart | LanguageModelV3FilePart | LanguageModelV4FilePart;
type AnyResultPart = LanguageModelV2ToolResultPart | LanguageModelV3ToolResultPart | LanguageModelV4ToolResultPart;
type AnyOutputItem = Extract<AnyResultPart['output'], { type: 'content' }>['value'][number];
type AssistantPart = Extract<AnyMessage, { role: 'assistant' }>['content'][number];

/** A prompt of the AI SDK, in any of its versions, as our messages. What has no place in them becomes a warning. */
export function promptFromAiSdk(prompt: readonly AnyMessage[], warnings: WarningList): LLMMessage[] {
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

function filePart(part: AnyFilePart): LLMFilePart {
  return { type: 'file', file: fileFromAiSdk(part.data, part.mediaType, part.filename), ...metadata(part) };
}

function toolResult(part: AnyResultPart): LLMToolResultPart {
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
      const content = output.value.flatMap((item: AnyOutputItem): (LLMTextPart | LLMFilePart)[] => {
        if (item.type === 'text') return [{ type: 'text', text: item.text }];
        const file = resultFile(item);
        return file === undefined ? [] : [{ type: 'file', file }];
      });
      const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
      return { ...base, output: text, content };
    }
  }
}

/** Media type of what is only known to be a picture, or a file. */
const UNKNOWN_IMAGE = 'image/*';
const UNKNOWN_FILE = 'application/octet-stream';

/** A file among the results of a tool; each version has its own forms. */
function resultFile(item: Exclude<AnyOutputItem, { type: 'text' }>): FileInput | undefined {
  switch (item.type) {
    case 'file':
      return fileFromAiSdk(item.data, item.mediaType, item.filename);
    case 'file-data':
      return fileFromAiSdk(item.data, item.mediaType, item.filename);
    case 'media':
    case 'image-data':
      return fileFromAiSdk(item.data, item.mediaType);
    case 'file-url':
      return { url: item.url, mediaType: UNKNOWN_FILE };
    case 'image-url':
      return { url: item.url, mediaType: UNKNOWN_IMAGE };
    default:
      // An id without its provider's name says nothing to another one.
      return 'fileId' in item && typeof item.fileId === 'object'
        ? { reference: item.fileId, mediaType: item.type === 'file-id' ? UNKNOWN_FILE : UNKNOWN_IMAGE }
        : undefined;
  }
}

function metadata({ providerOptions }: { readonly providerOptions?: Readonly<Record<string, unknown>> }): {
  providerMetadata?: Record<string, JsonObject>;
} {
  return providerOptions === undefined ? {} : { providerMetadata: ourJson(providerOptions) };
}
