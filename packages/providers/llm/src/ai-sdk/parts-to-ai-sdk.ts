import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4Source,
  LanguageModelV4StreamPart,
  LanguageModelV4ToolResult,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import type { JsonObject } from '@mortise/core';
import type { LLMContentPart, LLMSourcePart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMFinishReason } from '../model/response.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { errorToAiSdk } from './error-to-ai-sdk.ts';
import { madeFileToAiSdk } from './file-to-ai-sdk.ts';
import { aiSdkJson } from './json.ts';
import { usageToAiSdk } from './usage-to-ai-sdk.ts';
import { warningsToAiSdk } from './warnings.ts';

type WholePart = Exclude<LLMContentPart, { type: 'text' | 'reasoning' | 'refusal' }>;

const UNIFIED = {
  stop: 'stop',
  length: 'length',
  tool_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
  other: 'other',
} as const satisfies Record<LLMFinishReason, LanguageModelV4FinishReason['unified']>;

export function finishToAiSdk(reason: LLMFinishReason | undefined, raw?: string): LanguageModelV4FinishReason {
  return { unified: reason === undefined ? 'other' : UNIFIED[reason], raw };
}

/** The content of an answer in the form of the AI SDK. */
export function contentToAiSdk(content: readonly LLMContentPart[], warnings: WarningList): LanguageModelV4Content[] {
  const names = new ToolNames();
  return content.flatMap((part): LanguageModelV4Content[] => {
    switch (part.type) {
      case 'text':
      case 'reasoning':
        return [{ type: part.type, text: part.text, ...metadataToAiSdk(part) }];
      case 'refusal':
        return [{ type: 'text', text: part.text, ...metadataToAiSdk(part) }];
      default:
        return wholeToAiSdk(part, names, warnings);
    }
  });
}

/** Turns the parts of one stream into those of the AI SDK. */
export class PartsToAiSdk {
  readonly #warnings: WarningList;
  readonly #names = new ToolNames();

  /** @param warnings What translating the call already gave; told at the start of the stream. */
  constructor(warnings: WarningList) {
    this.#warnings = warnings;
  }

  *convert(part: LLMStreamPart): Generator<LanguageModelV4StreamPart, void> {
    switch (part.type) {
      case 'start':
        yield { type: 'stream-start', warnings: warningsToAiSdk([...this.#warnings.list(), ...part.warnings]) };
        return;
      case 'metadata': {
        const { id, modelId, createdAt } = part;
        yield {
          type: 'response-metadata',
          ...(id === undefined ? {} : { id }),
          ...(modelId === undefined ? {} : { modelId }),
          ...(createdAt === undefined ? {} : { timestamp: new Date(createdAt) }),
        };
        return;
      }
      case 'text-start':
      case 'text-end':
      case 'reasoning-start':
      case 'reasoning-end':
      case 'tool-input-end':
        yield { type: part.type, id: part.id, ...metadataToAiSdk(part) };
        return;
      case 'text-delta':
      case 'reasoning-delta':
      case 'tool-input-delta':
        yield { type: part.type, id: part.id, delta: part.delta, ...metadataToAiSdk(part) };
        return;
      case 'refusal-start':
        yield { type: 'text-start', id: part.id, ...metadataToAiSdk(part) };
        return;
      case 'refusal-delta':
        yield { type: 'text-delta', id: part.id, delta: part.delta, ...metadataToAiSdk(part) };
        return;
      case 'refusal-end':
        yield { type: 'text-end', id: part.id, ...metadataToAiSdk(part) };
        return;
      case 'tool-input-start':
        yield {
          type: part.type,
          id: part.id,
          toolName: part.name,
          ...(part.execution === 'provider' ? { providerExecuted: true } : {}),
          ...metadataToAiSdk(part),
        };
        return;
      case 'tool-approval-request':
        yield { type: part.type, approvalId: part.approvalId, toolCallId: part.toolCallId, ...metadataToAiSdk(part) };
        return;
      case 'raw':
        yield { type: 'raw', rawValue: part.value };
        return;
      case 'error':
        yield { type: 'error', error: errorToAiSdk(part.error, undefined) };
        return;
      case 'finish':
        yield {
          type: 'finish',
          finishReason: finishToAiSdk(part.finishReason, part.rawFinishReason),
          usage: usageToAiSdk(part.usage),
          ...metadataToAiSdk(part),
        };
        return;
      default:
        yield* wholeToAiSdk(part, this.#names, this.#warnings);
    }
  }
}

export function metadataToAiSdk(part: { readonly providerMetadata?: Readonly<Record<string, JsonObject>> }): {
  providerMetadata?: SharedV4ProviderMetadata;
} {
  return part.providerMetadata === undefined ? {} : { providerMetadata: aiSdkJson(part.providerMetadata) };
}

/** Results name their call by id; the AI SDK wants the tool's name as well. */
class ToolNames {
  readonly #byCall = new Map<string, string>();

  remember(callId: string, name: string): void {
    this.#byCall.set(callId, name);
  }

  of(callId: string): string {
    return this.#byCall.get(callId) ?? 'unknown';
  }
}

type WholeAiSdkPart = Extract<LanguageModelV4Content, { type: 'file' | 'source' | 'tool-call' | 'tool-result' }>;

function wholeToAiSdk(
  part: WholePart & { readonly preliminary?: boolean },
  names: ToolNames,
  warnings: WarningList,
): WholeAiSdkPart[] {
  switch (part.type) {
    case 'tool-call':
      names.remember(part.id, part.name);
      return [
        {
          type: 'tool-call',
          toolCallId: part.id,
          toolName: part.name,
          input: part.arguments,
          ...(part.execution === 'provider' ? { providerExecuted: true } : {}),
          ...metadataToAiSdk(part),
        },
      ];
    case 'tool-result':
      return [toolResult(part, names)];
    case 'source':
      return [sourceToAiSdk(part)];
    default: {
      const data = madeFileToAiSdk(part.file);
      if (data !== undefined) return [{ type: 'file', data, mediaType: part.file.mediaType, ...metadataToAiSdk(part) }];
      warnings.unsupported('file', 'The AI SDK takes files of an answer as data or URL only');
      return [];
    }
  }
}

function toolResult(
  part: LLMToolResultPart & { readonly preliminary?: boolean },
  names: ToolNames,
): LanguageModelV4ToolResult {
  return {
    type: 'tool-result',
    toolCallId: part.toolCallId,
    toolName: names.of(part.toolCallId),
    result: part.output,
    ...(part.isError === true ? { isError: true } : {}),
    ...(part.preliminary === true ? { preliminary: true } : {}),
    ...metadataToAiSdk(part),
  };
}

function sourceToAiSdk(part: LLMSourcePart): LanguageModelV4Source {
  const { id, url, documentId = id, title } = part;
  if (url !== undefined) {
    return {
      type: 'source',
      sourceType: 'url',
      id,
      url,
      ...(title === undefined ? {} : { title }),
      ...metadataToAiSdk(part),
    };
  }
  return {
    type: 'source',
    sourceType: 'document',
    id,
    // Sources carry no media type; this one says that nothing is known of the bytes.
    mediaType: 'application/octet-stream',
    title: title ?? documentId,
    filename: documentId,
    ...metadataToAiSdk(part),
  };
}
