import { IntegrationError } from '@mortise/core';
import { openCallScope } from '../call/call-scope.ts';
import type { LLMProvider } from '../llm-provider.ts';
import type { LLMCapabilities, LLMFeature } from '../model/capabilities.ts';
import type { LLMChatOptions } from '../model/chat-options.ts';
import type { LLMMessage } from '../model/message.ts';
import { textOf } from '../model/message.ts';
import type { LLMResponse } from '../model/response.ts';
import { chunksFromParts } from '../stream/chunks-from-parts.ts';
import { iterateOnce } from '../stream/iterate-once.ts';
import type { LLMStreamPart } from '../stream/stream-part.ts';
import { parseObject } from '../structured/parse-object.ts';
import { WarningList } from '../wire/warning-list.ts';
import { callToAiSdk } from './call-to-ai-sdk.ts';
import { errorFromAiSdk } from './error-from-ai-sdk.ts';
import { type AiSdkLanguageModel, doGenerate, doStream } from './invoke-model.ts';
import { contentFromAiSdk, endFromAiSdk, identityFromAiSdk, partsFromAiSdk } from './parts-from-ai-sdk.ts';
import { warningsFromAiSdk } from './warnings.ts';

export interface FromAiSdkOptions {
  /** Finds the model for calls that name one. Absent: such calls are refused unless they name the given model. */
  readonly resolveModel?: (modelId: string) => AiSdkLanguageModel;
  /** What the models honour: the AI SDK does not say. Default everything that its interface has. */
  readonly features?: readonly LLMFeature[];
}

const CAPABILITIES: LLMCapabilities = Object.freeze({
  methods: Object.freeze({ stream: 'emulated', streamParts: 'native', countTokens: 'none' }),
  features: Object.freeze(['tools', 'tool-choice', 'json', 'json-schema', 'reasoning', 'files', 'usage'] as const),
});

/** Any language model of the AI SDK as an `LLMProvider`. */
export function fromAiSdk(model: AiSdkLanguageModel, options: FromAiSdkOptions = {}): LLMProvider {
  const chosen = (call: LLMChatOptions): AiSdkLanguageModel => chooseModel(model, call, options);
  const streamParts = (messages: readonly LLMMessage[], call: LLMChatOptions = {}) =>
    iterateOnce(() => stream(chosen(call), messages, call));
  return {
    capabilities: options.features === undefined ? CAPABILITIES : { ...CAPABILITIES, features: options.features },
    chat: async (messages, call = {}) => generate(chosen(call), messages, call),
    stream: (messages, call) => chunksFromParts(streamParts(messages, call)),
    streamParts,
    countTokens: () =>
      Promise.reject(new IntegrationError({ code: 'unsupported', message: 'The AI SDK has no way to count tokens' })),
  };
}

async function generate(
  model: AiSdkLanguageModel,
  messages: readonly LLMMessage[],
  options: LLMChatOptions,
): Promise<LLMResponse> {
  const scope = openCallScope(options);
  try {
    const warnings = new WarningList();
    const call = await callToAiSdk(messages, options, scope.signal, warnings);
    const result = await scope.race(doGenerate(model, call, warnings));
    const message = { role: 'assistant' as const, content: contentFromAiSdk(result.content, warnings) };
    const parsed = await parseObject(textOf(message), options.responseFormat);
    const all = [
      ...warnings.list(),
      ...warningsFromAiSdk(result.warnings),
      ...(parsed !== undefined && 'warning' in parsed ? [parsed.warning] : []),
    ];
    return {
      message,
      ...identityFromAiSdk(result.response ?? {}),
      ...endFromAiSdk(result),
      ...(parsed !== undefined && 'object' in parsed ? { object: parsed.object } : {}),
      ...(all.length === 0 ? {} : { warnings: all }),
      ...(options.includeRaw === true && result.response?.body !== undefined ? { raw: result.response.body } : {}),
    };
  } catch (error) {
    throw scope.explain(errorFromAiSdk(error));
  } finally {
    scope.close();
  }
}

async function* stream(
  model: AiSdkLanguageModel,
  messages: readonly LLMMessage[],
  options: LLMChatOptions,
): AsyncGenerator<LLMStreamPart, void> {
  const scope = openCallScope(options);
  const warnings = new WarningList();
  let text = '';
  let isStarted = false;
  /** Warnings that went into the start part; those that come later go into the finish part. */
  let told: number | undefined;
  let end: LLMStreamPart | undefined;
  let failure: Extract<LLMStreamPart, { type: 'error' }> | undefined;
  let reader: Pick<ReadableStreamDefaultReader, 'read' | 'cancel'> | undefined;
  try {
    const call = await callToAiSdk(messages, options, scope.signal, warnings);
    const source = await scope.race(doStream(model, call, warnings));
    const open = source.getReader();
    reader = open;
    for (;;) {
      const { done, value } = await scope.race(open.read());
      if (done) break;
      if (!isStarted && value.type !== 'stream-start') yield { type: 'start', warnings: warnings.list() };
      isStarted = true;
      told ??= warnings.list().length;
      for (const part of partsFromAiSdk(value, warnings, (last) => ({ type: 'finish', ...endFromAiSdk(last) }))) {
        // An error that the finish part confirms was fatal; one that the stream went on after was not.
        if (failure !== undefined && part.type === 'finish' && part.finishReason === 'error') throw failure.error;
        if (failure !== undefined) yield failure;
        failure = part.type === 'error' ? part : undefined;
        if (part.type === 'text-delta') text += part.delta;
        if (part.type === 'finish') end = part;
        else if (part.type !== 'error') yield part;
        scope.throwIfEnded();
      }
    }
    if (failure !== undefined) throw failure.error;
    if (end?.type !== 'finish') throw cutOff();
    const parsed = await parseObject(text, options.responseFormat);
    const late = [
      ...warnings.list().slice(told),
      ...(parsed !== undefined && 'warning' in parsed ? [parsed.warning] : []),
    ];
    yield {
      ...end,
      ...(parsed !== undefined && 'object' in parsed ? { object: parsed.object } : {}),
      ...(late.length === 0 ? {} : { warnings: late }),
    };
  } catch (error) {
    throw scope.explain(errorFromAiSdk(error));
  } finally {
    scope.close();
    await reader?.cancel().catch(() => undefined);
  }
}

function chooseModel(
  model: AiSdkLanguageModel,
  { model: asked }: LLMChatOptions,
  { resolveModel }: FromAiSdkOptions,
): AiSdkLanguageModel {
  if (asked === undefined || asked === model.modelId) return model;
  if (resolveModel !== undefined) return resolveModel(asked);
  throw new IntegrationError({
    code: 'unsupported',
    field: 'model',
    message: `model: this provider is bound to "${model.modelId}"; give resolveModel to let calls choose`,
  });
}

function cutOff(): IntegrationError {
  return new IntegrationError({
    code: 'unavailable',
    retry: 'transient',
    message: 'The AI SDK model ended its stream without a finish part; repeat the call',
  });
}
