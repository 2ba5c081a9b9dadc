import type {
  TranscriptionModelV2,
  TranscriptionModelV3,
  TranscriptionModelV4,
  TranscriptionModelV4CallOptions,
} from '@ai-sdk/provider';
import { type CallOptions, type FileInput, IntegrationError } from '@mortise/core';
import type { AudioData } from '../audio/audio-data.ts';
import { isRawAudio, mediaTypeOfAudio } from '../audio/audio-format.ts';
import { requireSampleRate } from '../audio/check-raw-audio.ts';
import { joinBytes } from '../audio/join-bytes.ts';
import { toWav } from '../audio/wav.ts';
import { openCallScope } from '../call/call-scope.ts';
import type { WordTiming } from '../synthesis/word-timing.ts';
import type { STTProvider } from '../transcription/stt-provider.ts';
import type { STTSettings, STTTranscriptionInput } from '../transcription/transcription-input.ts';
import type { STTTranscriptionResult } from '../transcription/transcription-result.ts';
import { bytesOf, chooseModel, extrasToAiSdk, unknownToAiSdk } from './call-to-ai-sdk.ts';
import { errorFromAiSdk } from './error-from-ai-sdk.ts';
import { ourJson } from './json.ts';
import { warningsFromAiSdk } from './warnings.ts';

/** A transcription model of the AI SDK, in any version that its provider packages come in. */
export type AiSdkTranscriptionModel = TranscriptionModelV2 | TranscriptionModelV3 | TranscriptionModelV4;

export interface FromAiSdkTranscriptionOptions {
  /** Finds the model for calls that name one. Absent: such calls are refused unless they name the given model. */
  readonly resolveModel?: (modelId: string) => AiSdkTranscriptionModel;
}

/** Wishes that the AI SDK has no place for. */
const UNKNOWN = [
  'language',
  'diarize',
  'speakerCount',
  'vocabularyHints',
  'languages',
  'detectLanguage',
  'translateTo',
  'channels',
  'punctuate',
  'profanityFilter',
  'redact',
  'keyterms',
  'prompt',
] as const satisfies readonly (keyof STTSettings)[];

/**
 * Any transcription model of the AI SDK as an `STTProvider`. Raw audio is sent as a WAV file, so that the model knows its
 * rate.
 */
export function fromAiSdkTranscription(
  model: AiSdkTranscriptionModel,
  { resolveModel }: FromAiSdkTranscriptionOptions = {},
): STTProvider {
  return {
    capabilities: {
      methods: { transcribeStream: 'none', transcribeEvents: 'none', submitTranscription: 'none', webhooks: 'none' },
      features: ['word-timings'],
      formats: ['wav', 'mp3', 'pcm', 'mulaw', 'alaw', 'flac', 'ogg', 'opus', 'webm', 'm4a'],
    },
    transcribe: async (input, options = {}) =>
      transcribe(chooseModel(model, input.model, resolveModel), input, options),
  };
}

async function transcribe(
  model: AiSdkTranscriptionModel,
  input: STTTranscriptionInput,
  options: CallOptions,
): Promise<STTTranscriptionResult> {
  const scope = openCallScope(options);
  try {
    const { audio, wordTimestamps } = input;
    const call = {
      ...(wordTimestamps === true ? { timestampGranularities: ['segment' as const, 'word' as const] } : {}),
      ...extrasToAiSdk(options, scope.signal),
    };
    const result = await scope.race(generate(model, await fileOf(audio), call));
    const warnings = [
      ...unknownToAiSdk(input, UNKNOWN),
      ...(wordTimestamps === true && model.specificationVersion !== 'v4'
        ? unknownToAiSdk(input, ['wordTimestamps'])
        : []),
      ...warningsFromAiSdk(result.warnings),
    ];
    const { durationInSeconds, language, providerMetadata } = result;
    const words = 'words' in result && wordTimestamps === true ? result.words?.map(wordOf) : undefined;
    return {
      text: result.text,
      segments: result.segments.map(({ text, startSecond, endSecond }) => ({
        text,
        startMs: startSecond * 1000,
        endMs: endSecond * 1000,
      })),
      language: language ?? 'und',
      modelId: result.response.modelId,
      ...(words === undefined ? {} : { wordTimings: words }),
      ...(durationInSeconds === undefined ? {} : { durationMs: durationInSeconds * 1000 }),
      ...(providerMetadata === undefined ? {} : { providerMetadata: ourJson(providerMetadata) }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  } catch (error) {
    throw scope.explain(errorFromAiSdk(error));
  } finally {
    scope.close();
  }
}

type TranscriptionResult = Awaited<
  | ReturnType<TranscriptionModelV2['doGenerate']>
  | ReturnType<TranscriptionModelV3['doGenerate']>
  | ReturnType<TranscriptionModelV4['doGenerate']>
>;

type AudioFile =
  | { readonly audio: Uint8Array; readonly mediaType: string; readonly url?: never }
  | { readonly url: string };

async function generate(
  model: AiSdkTranscriptionModel,
  file: AudioFile,
  call: Omit<TranscriptionModelV4CallOptions, 'audio' | 'mediaType'>,
): Promise<TranscriptionResult> {
  if (file.url !== undefined) return generateFromUrl(model, file.url, call);
  const { audio, mediaType } = file;
  const { timestampGranularities: _, providerOptions, ...older } = call;
  switch (model.specificationVersion) {
    case 'v4':
      return model.doGenerate({ ...call, audio, mediaType });
    case 'v3':
      return model.doGenerate({ ...older, audio, mediaType, ...(providerOptions && { providerOptions }) });
    default:
      return model.doGenerate({
        ...older,
        audio,
        mediaType,
        ...(providerOptions && { providerOptions: v2Options(providerOptions) }),
      });
  }
}

/** Some models of version 4 fetch by themselves. */
async function generateFromUrl(
  model: AiSdkTranscriptionModel,
  url: string,
  call: Omit<TranscriptionModelV4CallOptions, 'audio' | 'mediaType'>,
): Promise<TranscriptionResult> {
  const result =
    model.specificationVersion === 'v4' ? await model.doGenerateFromUrl?.({ ...call, audio: new URL(url) }) : undefined;
  if (result !== undefined) return result;
  throw unsupported('the model does not fetch addresses; read the file into bytes first');
}

type V2Options = NonNullable<Parameters<TranscriptionModelV2['doGenerate']>[0]['providerOptions']>;

/** Version 2 knows no undefined members. */
function v2Options(options: NonNullable<TranscriptionModelV4CallOptions['providerOptions']>): V2Options {
  const copy: V2Options = JSON.parse(JSON.stringify(options));
  return copy;
}

function wordOf(word: { readonly text: string; readonly startSecond: number; readonly endSecond: number }): WordTiming {
  return { word: word.text, startMs: word.startSecond * 1000, endMs: word.endSecond * 1000 };
}

async function fileOf(audio: AudioData | FileInput): Promise<AudioFile> {
  if ('data' in audio) {
    requireSampleRate(audio.format, audio.sampleRateHz);
    const { data, format } = isRawAudio(audio.format) ? toWav(audio) : audio;
    return { audio: data, mediaType: mediaTypeOfAudio(format) };
  }
  const { mediaType } = audio;
  if ('bytes' in audio) return { audio: audio.bytes, mediaType };
  if ('base64' in audio) return { audio: bytesOf(audio.base64), mediaType };
  if ('url' in audio) return { url: audio.url };
  if ('reference' in audio) throw unsupported('the AI SDK takes no references to uploaded audio');
  const chunks: Uint8Array[] = [];
  for await (const chunk of audio.stream) chunks.push(chunk);
  return { audio: joinBytes(chunks), mediaType };
}

function unsupported(message: string): IntegrationError {
  return new IntegrationError({ code: 'unsupported', field: 'audio', message: `audio: ${message}` });
}
