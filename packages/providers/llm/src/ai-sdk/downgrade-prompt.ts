import type {
  LanguageModelV2Prompt,
  LanguageModelV3Prompt,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  SharedV2ProviderOptions,
  SharedV4FileData,
} from '@ai-sdk/provider';
import { IntegrationError } from '@mortise/core';

type AssistantPart = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'][number];
type V3Message = LanguageModelV3Prompt[number];
type V3Assistant = Extract<V3Message, { role: 'assistant' }>['content'];
type V3Output = Extract<V3Assistant[number], { type: 'tool-result' }>['output'];
type V3OutputItem = Extract<V3Output, { type: 'content' }>['value'][number];
type V2Message = LanguageModelV2Prompt[number];
type V2Assistant = Extract<V2Message, { role: 'assistant' }>['content'];
type V2Output = Extract<V2Assistant[number], { type: 'tool-result' }>['output'];
type V2OutputItem = Extract<V2Output, { type: 'content' }>['value'][number];

/** A prompt for models of the third version. */
export function toV3Prompt(prompt: LanguageModelV4Prompt): LanguageModelV3Prompt {
  return prompt.map((message): V3Message => {
    switch (message.role) {
      case 'system':
        return message;
      case 'user':
        return { ...message, content: message.content.map((part) => (part.type === 'file' ? plainFile(part) : part)) };
      case 'assistant':
        return { ...message, content: message.content.flatMap(v3AssistantPart) };
      default:
        return {
          ...message,
          content: message.content.map((part) =>
            part.type === 'tool-result' ? { ...part, output: v3Output(part.output) } : part,
          ),
        };
    }
  });
}

/** A prompt for models of the second version, which knows no approvals and no denials. */
export function toV2Prompt(prompt: LanguageModelV4Prompt): LanguageModelV2Prompt {
  return prompt.map((message): V2Message => {
    const { role, content } = message;
    const options = v2Options(message);
    switch (role) {
      case 'system':
        return { role, content, ...options };
      case 'user':
        return {
          role,
          content: content.map((part) => ({ ...(part.type === 'file' ? plainFile(part) : part), ...v2Options(part) })),
          ...options,
        };
      case 'assistant':
        return { role, content: content.flatMap(v2AssistantPart), ...options };
      default:
        return {
          role,
          content: content.flatMap((part) =>
            part.type === 'tool-result' ? [{ ...part, output: v2Output(part.output), ...v2Options(part) }] : [],
          ),
          ...options,
        };
    }
  });
}

/** Provider options without undefined members, which the second version does not allow. */
export function v2Options({ providerOptions }: { readonly providerOptions?: unknown }): {
  providerOptions: SharedV2ProviderOptions;
} {
  const copy: SharedV2ProviderOptions = JSON.parse(JSON.stringify(providerOptions ?? {}));
  return { providerOptions: copy };
}

function v3AssistantPart(part: AssistantPart): V3Assistant {
  switch (part.type) {
    case 'file':
      return [plainFile(part)];
    case 'tool-result':
      return [{ ...part, output: v3Output(part.output) }];
    case 'custom':
    case 'reasoning-file':
      return [];
    default:
      return [part];
  }
}

function v2AssistantPart(part: AssistantPart): V2Assistant {
  switch (part.type) {
    case 'file':
      return [{ ...plainFile(part), ...v2Options(part) }];
    case 'tool-result':
      return [{ ...part, output: v2Output(part.output), ...v2Options(part) }];
    case 'custom':
    case 'reasoning-file':
      return [];
    default:
      return [{ ...part, ...v2Options(part) }];
  }
}

function plainFile({ data, ...part }: LanguageModelV4FilePart): Omit<LanguageModelV4FilePart, 'data'> & {
  data: Uint8Array | string | URL;
} {
  if (data.type === 'data') return { ...part, data: data.data };
  if (data.type === 'url') return { ...part, data: data.url };
  throw olderModel(`files by ${data.type}`);
}

function v3Output(output: LanguageModelV4ToolResultOutput): V3Output {
  if (output.type !== 'content') return output;
  return {
    type: 'content',
    value: output.value.flatMap((item): V3OutputItem[] => {
      if (item.type === 'text') return [item];
      if (item.type === 'custom') return [];
      return [{ type: 'file-data', data: base64Of(item.data), mediaType: item.mediaType }];
    }),
  };
}

function v2Output(output: LanguageModelV4ToolResultOutput): V2Output {
  switch (output.type) {
    case 'execution-denied':
      return { type: 'error-text', value: output.reason ?? 'The tool call was denied' };
    case 'content':
      return {
        type: 'content',
        value: output.value.flatMap((item): V2OutputItem[] => {
          if (item.type === 'text') return [{ type: 'text', text: item.text }];
          if (item.type === 'custom') return [];
          return [{ type: 'media', data: base64Of(item.data), mediaType: item.mediaType }];
        }),
      };
    default:
      return output;
  }
}

function base64Of(data: SharedV4FileData): string {
  if (data.type !== 'data') throw olderModel(`tool results with files by ${data.type}`);
  if (typeof data.data === 'string') return data.data;
  let binary = '';
  for (const byte of data.data) binary += String.fromCodePoint(byte);
  return btoa(binary);
}

function olderModel(what: string): IntegrationError {
  return new IntegrationError({
    code: 'unsupported',
    field: 'file',
    message: `Models of an older AI SDK version take no ${what}`,
  });
}
