import type {
  LanguageModelV2,
  LanguageModelV3,
  LanguageModelV4,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { LLMProvider } from '../llm-provider.ts';
import type { LLMMessage } from '../model/message.ts';
import type { LLMChatOptions } from '../model/chat-options.ts';
import { partsFromChunks } from '../stream/parts-from-chunks.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import { WarningList } from '../wire/warning-list.ts';
import { type AiSdkCallOptions, callFromAiSdk } from './call-from-ai-sdk.ts';
import { toV2Result, toV2StreamPart, toV3Result, toV3StreamPart } from './downgrade-answer.ts';
import { errorToAiSdk } from './error-to-ai-sdk.ts';
import { contentToAiSdk, finishToAiSdk, metadataToAiSdk, PartsToAiSdk } from './parts-to-ai-sdk.ts';
import { promptFromAiSdk } from './prompt-from-ai-sdk.ts';
import { usageToAiSdk } from './usage-to-ai-sdk.ts';
import { warningsToAiSdk } from './warnings.ts';

export interface ToAiSdkOptions {
  /** Id of the model; every call names it. */
  readonly modelId: string;
  /** Name under which the AI SDK reports the provider. Default `mortise`. */
  readonly provider?: string;
  /**
   * URLs that the provider fetches by itself, by media type. Absent: none, so that the AI SDK downloads files and hands
   * over their bytes.
   */
  readonly supportedUrls?: Readonly<Record<string, RegExp[]>>;
}

/**
 * An `LLMProvider` as a language model of the AI SDK, for `generateText`, `streamText` and whatever else takes one.
 * Refusals arrive as text: the AI SDK has no other place for them.
 *
 * @param options.specificationVersion For applications on an older AI SDK: `v2` for 5.x, `v3` for 6.x. Default `v4`. What an
 *   older version has no form for, such as files by URL in an answer, is left out.
 */
export function toAiSdk(
  provider: LLMProvider,
  options: ToAiSdkOptions & { readonly specificationVersion?: 'v4' },
): LanguageModelV4;
export function toAiSdk(
  provider: LLMProvider,
  options: ToAiSdkOptions & { readonly specificationVersion: 'v3' },
): LanguageModelV3;
export function toAiSdk(
  provider: LLMProvider,
  options: ToAiSdkOptions & { readonly specificationVersion: 'v2' },
): LanguageModelV2;
export function toAiSdk(
  provider: LLMProvider,
  options: ToAiSdkOptions & { readonly specificationVersion?: 'v2' | 'v3' | 'v4' },
): LanguageModelV2 | LanguageModelV3 | LanguageModelV4 {
  const { modelId, specificationVersion = 'v4' } = options;
  const shared = {
    provider: options.provider ?? 'mortise',
    modelId,
    supportedUrls: { ...options.supportedUrls },
  };
  switch (specificationVersion) {
    case 'v4':
      return {
        ...shared,
        specificationVersion,
        doGenerate: (call) => doGenerate(provider, modelId, call),
        doStream: async (call) => ({ stream: await startStream(provider, modelId, call) }),
      };
    case 'v3':
      return {
        ...shared,
        specificationVersion,
        doGenerate: async (call) => toV3Result(await doGenerate(provider, modelId, call)),
        doStream: async (call) => ({ stream: mapped(await startStream(provider, modelId, call), toV3StreamPart) }),
      };
    default:
      return {
        ...shared,
        specificationVersion,
        doGenerate: async (call) => toV2Result(await doGenerate(provider, modelId, call)),
        doStream: async (call) => ({ stream: mapped(await startStream(provider, modelId, call), toV2StreamPart) }),
      };
  }
}

/** A stream with each part turned into others. Cancelling it cancels the one behind it. */
function mapped<From, To>(stream: ReadableStream<From>, map: (part: From) => readonly To[]): ReadableStream<To> {
  return stream.pipeThrough(
    new TransformStream<From, To>({
      transform: (part, controller) => {
        for (const item of map(part)) controller.enqueue(item);
      },
    }),
  );
}

interface Translated {
  readonly messages: LLMMessage[];
  readonly options: LLMChatOptions;
  readonly warnings: WarningList;
}

function translate(model: string, call: AiSdkCallOptions): Translated {
  const warnings = new WarningList();
  return {
    messages: promptFromAiSdk(call.prompt, warnings),
    options: { model, ...callFromAiSdk(call, warnings) },
    warnings,
  };
}

async function doGenerate(
  provider: LLMProvider,
  modelId: string,
  call: AiSdkCallOptions,
): Promise<LanguageModelV4GenerateResult> {
  const { messages, options, warnings } = translate(modelId, call);
  try {
    const answer = await provider.chat(messages, options);
    return {
      content: contentToAiSdk(answer.message.content, warnings),
      finishReason: finishToAiSdk(answer.finishReason, answer.rawFinishReason),
      usage: usageToAiSdk(answer.usage),
      warnings: warningsToAiSdk([...warnings.list(), ...(answer.warnings ?? [])]),
      ...metadataToAiSdk(answer),
      response: {
        ...(answer.id === undefined ? {} : { id: answer.id }),
        ...(answer.modelId === undefined ? {} : { modelId: answer.modelId }),
        ...(answer.createdAt === undefined ? {} : { timestamp: new Date(answer.createdAt) }),
      },
    };
  } catch (error) {
    throw errorToAiSdk(error, call.abortSignal);
  }
}

/** Waits for the first part, so that a call which fails at once can be retried by the AI SDK. */
async function startStream(
  provider: LLMProvider,
  modelId: string,
  call: AiSdkCallOptions,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const { messages, options, warnings } = translate(modelId, call);
  const parts = provider.streamParts?.(messages, options) ?? partsFromChunks(provider.stream(messages, options));
  const iterator = parts[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    return streamOf(iterator, first, new PartsToAiSdk(warnings), call.abortSignal);
  } catch (error) {
    throw errorToAiSdk(error, call.abortSignal);
  }
}

function streamOf(
  iterator: AsyncIterator<LLMStreamPart>,
  first: IteratorResult<LLMStreamPart, unknown>,
  converter: PartsToAiSdk,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  let next: IteratorResult<LLMStreamPart, unknown> | undefined = first;
  return new ReadableStream({
    async pull(controller) {
      try {
        const result: IteratorResult<LLMStreamPart, unknown> = next ?? (await iterator.next());
        next = undefined;
        if (result.done === true) controller.close();
        else for (const part of converter.convert(result.value)) controller.enqueue(part);
      } catch (error) {
        controller.enqueue({ type: 'error', error: errorToAiSdk(error, signal) });
        controller.enqueue({ type: 'finish', finishReason: finishToAiSdk('error'), usage: usageToAiSdk(undefined) });
        controller.close();
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
