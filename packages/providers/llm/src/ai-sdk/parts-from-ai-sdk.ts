import type {
  LanguageModelV2Content,
  LanguageModelV2StreamPart,
  LanguageModelV3Content,
  LanguageModelV3StreamPart,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { JsonObject } from '@mortise/core';
import type { LLMContentPart, LLMToolResultPart } from '../model/content-part.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import type { WarningList } from '../wire/warning-list.ts';
import { errorFromAiSdk } from './error-from-ai-sdk.ts';
import { fileFromAiSdk } from './file-to-ai-sdk.ts';
import { ourJson } from './json.ts';
import { finishReasonFromAiSdk, usageFromAiSdk } from './usage-from-ai-sdk.ts';
import { warningsFromAiSdk } from './warnings.ts';

type AnyContent = LanguageModelV2Content | LanguageModelV3Content | LanguageModelV4Content;
type AnyStreamPart = LanguageModelV2StreamPart | LanguageModelV3StreamPart | LanguageModelV4StreamPart;
type WholePart = Extract<AnyContent, { type: 'file' | 'source' | 'tool-call' | 'tool-result' }>;

/** Content that a model of any version answered with. What has no place in our message becomes a warning. */
export function contentFromAiSdk(content: readonly AnyContent[], warnings: WarningList): LLMContentPart[] {
  return content.flatMap((part): LLMContentPart[] => {
    switch (part.type) {
      case 'text':
      case 'reasoning':
        return [{ type: part.type, text: part.text, ...metadata(part) }];
      case 'file':
      case 'source':
      case 'tool-call':
      case 'tool-result':
        return [wholeFromAiSdk(part)];
      default:
        warnings.other('content', `The answer holds a "${part.type}" part, which has no place in a message`);
        return [];
    }
  });
}

/** A step of a stream of any version. */
export function* partsFromAiSdk(
  part: AnyStreamPart,
  warnings: WarningList,
  finish: (part: Extract<AnyStreamPart, { type: 'finish' }>) => LLMStreamPart,
): Generator<LLMStreamPart, void> {
  switch (part.type) {
    case 'stream-start':
      yield { type: 'start', warnings: [...warnings.list(), ...warningsFromAiSdk(part.warnings)] };
      return;
    case 'response-metadata': {
      const { id, modelId, timestamp } = part;
      yield { type: 'metadata', ...identityFromAiSdk({ id, modelId, timestamp }) };
      return;
    }
    case 'text-start':
    case 'text-end':
    case 'reasoning-start':
    case 'reasoning-end':
    case 'tool-input-end':
      yield { type: part.type, id: part.id, ...metadata(part) };
      return;
    case 'text-delta':
    case 'reasoning-delta':
    case 'tool-input-delta':
      yield { type: part.type, id: part.id, delta: part.delta, ...metadata(part) };
      return;
    case 'tool-input-start': {
      const execution = part.providerExecuted === true ? { execution: 'provider' as const } : {};
      yield { type: part.type, id: part.id, name: part.toolName, ...execution, ...metadata(part) };
      return;
    }
    case 'file':
    case 'source':
    case 'tool-call':
    case 'tool-result':
      yield wholeFromAiSdk(part);
      return;
    case 'tool-approval-request':
      yield { type: part.type, approvalId: part.approvalId, toolCallId: part.toolCallId, ...metadata(part) };
      return;
    case 'raw':
      yield { type: 'raw', value: part.rawValue };
      return;
    case 'error':
      yield { type: 'error', error: errorFromAiSdk(part.error) };
      return;
    case 'finish':
      yield finish(part);
      return;
    case 'ping':
      return;
    default:
      warnings.other('content', `The answer holds a "${part.type}" part, which has no place in a message`);
  }
}

/** Identity of an answer, where it is told. */
export function identityFromAiSdk(response: {
  readonly id?: string | undefined;
  readonly modelId?: string | undefined;
  readonly timestamp?: Date | undefined;
}): { id?: string; modelId?: string; createdAt?: string } {
  const { id, modelId, timestamp } = response;
  return {
    ...(id === undefined ? {} : { id }),
    ...(modelId === undefined ? {} : { modelId }),
    ...(timestamp === undefined ? {} : { createdAt: timestamp.toISOString() }),
  };
}

/** Ending, usage and provider metadata of an answer of any version. */
export function endFromAiSdk(end: Omit<Extract<AnyStreamPart, { type: 'finish' }>, 'type'>) {
  const usage = usageFromAiSdk(end.usage);
  return { ...finishReasonFromAiSdk(end.finishReason), ...(usage === undefined ? {} : { usage }), ...metadata(end) };
}

function wholeFromAiSdk(part: WholePart): Extract<LLMContentPart, { type: WholePart['type'] }> {
  switch (part.type) {
    case 'file':
      return { type: 'file', file: fileFromAiSdk(part.data, part.mediaType), ...metadata(part) };
    case 'source': {
      const title = part.title === undefined ? {} : { title: part.title };
      const place = part.sourceType === 'url' ? { url: part.url } : { documentId: part.filename ?? part.id };
      return { type: 'source', id: part.id, ...place, ...title, ...metadata(part) };
    }
    case 'tool-call':
      return {
        type: 'tool-call',
        id: part.toolCallId,
        name: part.toolName,
        arguments: part.input === '' ? '{}' : part.input,
        ...(part.providerExecuted === true ? { execution: 'provider' as const } : {}),
        ...metadata(part),
      };
    default:
      return toolResult(part);
  }
}

function toolResult(part: Extract<WholePart, { type: 'tool-result' }>): LLMToolResultPart & { preliminary?: boolean } {
  return {
    type: 'tool-result',
    toolCallId: part.toolCallId,
    output: typeof part.result === 'string' ? part.result : (JSON.stringify(part.result) ?? ''),
    ...(part.isError === true ? { isError: true } : {}),
    ...('preliminary' in part && part.preliminary ? { preliminary: true } : {}),
    ...metadata(part),
  };
}

function metadata(part: object): { providerMetadata?: Record<string, JsonObject> } {
  if (!('providerMetadata' in part) || typeof part.providerMetadata !== 'object' || part.providerMetadata === null) {
    return {};
  }
  // Some models give an empty record where there is nothing to tell.
  const told = Object.entries(part.providerMetadata).filter(([, record]) => Object.keys(Object(record)).length > 0);
  return told.length === 0 ? {} : { providerMetadata: ourJson(Object.fromEntries(told)) };
}
