import type {
  TranscriptionModelV4,
  TranscriptionModelV4CallOptions,
  TranscriptionModelV4Result,
} from '@ai-sdk/provider';
import type { FileInput } from '@mortise/core';
import type { WordTiming } from '../synthesis/word-timing.ts';
import type { STTProvider } from '../transcription/stt-provider.ts';
import { callFromAiSdk } from './call-from-ai-sdk.ts';
import { errorToAiSdk } from './error-to-ai-sdk.ts';
import { aiSdkJson } from './json.ts';
import { warningsToAiSdk } from './warnings.ts';

export interface ToAiSdkTranscriptionOptions {
  /** Id of the model; every call names it. */
  readonly modelId: string;
  /** Name under which the AI SDK reports the provider. Default `mortise`. */
  readonly provider?: string;
  /** Clock of the answer's time stamp. */
  readonly now?: () => number;
}

/** An `STTProvider` as a transcription model of the AI SDK, for `transcribe`. */
export function toAiSdkTranscription(
  provider: STTProvider,
  options: ToAiSdkTranscriptionOptions,
): TranscriptionModelV4 {
  return {
    specificationVersion: 'v4',
    provider: options.provider ?? 'mortise',
    modelId: options.modelId,
    doGenerate: (call) => doGenerate(provider, options, call),
  };
}

async function doGenerate(
  provider: STTProvider,
  { modelId, now = Date.now }: ToAiSdkTranscriptionOptions,
  call: TranscriptionModelV4CallOptions,
): Promise<TranscriptionModelV4Result> {
  const { audio, mediaType, timestampGranularities = [] } = call;
  const file: FileInput = typeof audio === 'string' ? { base64: audio, mediaType } : { bytes: audio, mediaType };
  const wordTimestamps = timestampGranularities.includes('word');
  try {
    const result = await provider.transcribe(
      { audio: file, model: modelId, ...(wordTimestamps ? { wordTimestamps } : {}) },
      callFromAiSdk(call),
    );
    const { language, durationMs, usage, providerMetadata, wordTimings } = result;
    return {
      text: result.text,
      segments: result.segments.map(({ text, startMs, endMs }) => ({
        text,
        startSecond: startMs / 1000,
        endSecond: endMs / 1000,
      })),
      language: language === 'und' ? undefined : language,
      durationInSeconds: durationMs === undefined ? undefined : durationMs / 1000,
      warnings: warningsToAiSdk(result.warnings ?? []),
      response: { timestamp: new Date(now()), modelId: result.modelId ?? modelId },
      ...(wordTimings === undefined ? {} : { words: wordTimings.map(wordOf) }),
      ...(usage === undefined ? {} : { usage: { ...usage } }),
      ...(providerMetadata === undefined ? {} : { providerMetadata: aiSdkJson(providerMetadata) }),
    };
  } catch (error) {
    throw errorToAiSdk(error, call.abortSignal);
  }
}

function wordOf({ word, startMs, endMs }: WordTiming): { text: string; startSecond: number; endSecond: number } {
  return { text: word, startSecond: startMs / 1000, endSecond: endMs / 1000 };
}
