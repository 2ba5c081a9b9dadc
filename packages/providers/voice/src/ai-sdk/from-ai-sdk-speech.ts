import type { SpeechModelV2, SpeechModelV3, SpeechModelV4, SpeechModelV4CallOptions } from '@ai-sdk/provider';
import { type CallOptions, IntegrationError } from '@mortise/core';
import { measureAudioMs } from '../audio/audio-duration.ts';
import type { AudioData } from '../audio/audio-data.ts';
import { type AudioFormat, isRawAudio, mediaTypeOfAudio } from '../audio/audio-format.ts';
import { requireSampleRate } from '../audio/check-raw-audio.ts';
import { inspectAudio, isAudioOfFormat } from '../audio/inspect-audio.ts';
import { openCallScope } from '../call/call-scope.ts';
import type { TTSSynthesisInput } from '../synthesis/synthesis-input.ts';
import type { TTSSynthesisResult } from '../synthesis/synthesis-result.ts';
import type { TTSProvider } from '../synthesis/tts-provider.ts';
import type { Voice } from '../synthesis/voice.ts';
import { bytesOf, chooseModel, extrasToAiSdk, unknownToAiSdk } from './call-to-ai-sdk.ts';
import { errorFromAiSdk } from './error-from-ai-sdk.ts';
import { ourJson } from './json.ts';
import { warningsFromAiSdk } from './warnings.ts';

/** A speech model of the AI SDK, in any version that its provider packages come in. */
export type AiSdkSpeechModel = SpeechModelV2 | SpeechModelV3 | SpeechModelV4;

export interface FromAiSdkSpeechOptions {
  /** Finds the model for calls that name one. Absent: such calls are refused unless they name the given model. */
  readonly resolveModel?: (modelId: string) => AiSdkSpeechModel;
  /** Voices that `listVoices` gives: the AI SDK has no list of them. Absent: it rejects with `unsupported`. */
  readonly voices?: readonly Voice[];
  /** Formats that the model makes. Default `mp3`, `opus`, `aac`, `flac`, `wav`, and `pcm` with `rawSampleRateHz`. */
  readonly formats?: readonly AudioFormat[];
  /** Rate of bare samples that the model gives, such as 24,000. Absent: raw formats are refused. */
  readonly rawSampleRateHz?: number;
  /** What the model calls a format. Default our own name. */
  readonly outputFormat?: (format: AudioFormat) => string;
}

const CONTAINERS: readonly AudioFormat[] = ['mp3', 'opus', 'aac', 'flac', 'wav'];

/** Wishes that the AI SDK has no place for. */
const UNKNOWN = [
  'ssml',
  'pitch',
  'emphasis',
  'style',
  'stability',
  'seed',
  'pronunciations',
  'previousText',
  'nextText',
  'outputChannels',
] as const satisfies readonly (keyof TTSSynthesisInput)[];

/**
 * Any speech model of the AI SDK as a `TTSProvider`. The AI SDK does not say what its audio is: format, rate and channels
 * are read from the bytes, and audio of another format than was asked for is an error.
 */
export function fromAiSdkSpeech(model: AiSdkSpeechModel, options: FromAiSdkSpeechOptions = {}): TTSProvider {
  const { voices, resolveModel, rawSampleRateHz } = options;
  const formats = options.formats ?? [...CONTAINERS, ...(rawSampleRateHz === undefined ? [] : ['pcm' as const])];
  return {
    capabilities: {
      methods: { synthesizeStream: 'none', listModels: 'none' },
      features: ['rate', 'instructions'],
      formats,
    },
    synthesize: async (input, call = {}) =>
      synthesize(chooseModel(model, input.model, resolveModel), input, call, { ...options, formats }),
    listVoices: async () => {
      if (voices !== undefined) return voices.map((voice) => ({ ...voice }));
      throw new IntegrationError({
        code: 'unsupported',
        message: 'The AI SDK has no list of voices; give it as option',
      });
    },
  };
}

async function synthesize(
  model: AiSdkSpeechModel,
  input: TTSSynthesisInput,
  options: CallOptions,
  settings: FromAiSdkSpeechOptions & { readonly formats: readonly AudioFormat[] },
): Promise<TTSSynthesisResult> {
  const scope = openCallScope(options);
  try {
    refuseFormat(input, settings);
    const { text, voiceId, format, instructions, rate, language } = input;
    const result = await scope.race(
      generate(model, {
        text,
        voice: voiceId,
        ...(format === undefined ? {} : { outputFormat: settings.outputFormat?.(format) ?? format }),
        ...(instructions === undefined ? {} : { instructions }),
        ...(rate === undefined ? {} : { speed: rate }),
        ...(language === undefined ? {} : { language }),
        ...extrasToAiSdk(options, scope.signal),
      }),
    );
    const warnings = [...unknownToAiSdk(input, UNKNOWN), ...warningsFromAiSdk(result.warnings)];
    return {
      audio: describeAudio(bytesOf(result.audio), input, settings.rawSampleRateHz),
      model: result.response.modelId,
      ...(result.providerMetadata === undefined ? {} : { providerMetadata: ourJson(result.providerMetadata) }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  } catch (error) {
    throw scope.explain(errorFromAiSdk(error));
  } finally {
    scope.close();
  }
}

type SpeechResult = Awaited<
  | ReturnType<SpeechModelV2['doGenerate']>
  | ReturnType<SpeechModelV3['doGenerate']>
  | ReturnType<SpeechModelV4['doGenerate']>
>;

/** The call is the same in all versions; only the types of its answer differ. */
async function generate(model: AiSdkSpeechModel, call: SpeechModelV4CallOptions): Promise<SpeechResult> {
  switch (model.specificationVersion) {
    case 'v4':
      return model.doGenerate(call);
    case 'v3':
      return model.doGenerate(call);
    default: {
      const { providerOptions, ...rest } = call;
      return model.doGenerate({ ...rest, ...(providerOptions && { providerOptions: v2Options(providerOptions) }) });
    }
  }
}

type V2Options = NonNullable<Parameters<SpeechModelV2['doGenerate']>[0]['providerOptions']>;

/** Version 2 knows no undefined members. */
function v2Options(options: NonNullable<SpeechModelV4CallOptions['providerOptions']>): V2Options {
  const copy: V2Options = JSON.parse(JSON.stringify(options));
  return copy;
}

function refuseFormat(
  { format, sampleRateHz }: TTSSynthesisInput,
  { formats, rawSampleRateHz }: FromAiSdkSpeechOptions & { readonly formats: readonly AudioFormat[] },
): void {
  if (format !== undefined && !formats.includes(format)) {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'format',
      message: `format: the model makes ${formats.join(', ')}, not ${format}`,
    });
  }
  requireSampleRate(format, rawSampleRateHz);
  if (sampleRateHz !== undefined && sampleRateHz !== rawSampleRateHz) {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'sampleRateHz',
      message: 'sampleRateHz: the AI SDK has no way to ask for a rate; leave it out',
    });
  }
}

/** What the bytes are, whatever was asked for. */
function describeAudio(
  data: Uint8Array,
  { format }: TTSSynthesisInput,
  rawSampleRateHz: number | undefined,
): AudioData {
  const facts = inspectAudio(data);
  if (format !== undefined && isRawAudio(format) && rawSampleRateHz !== undefined && isAudioOfFormat(data, format)) {
    return withLength({
      data,
      format,
      sampleRateHz: rawSampleRateHz,
      channels: 1,
      mediaType: mediaTypeOfAudio(format),
    });
  }
  if (facts?.sampleRateHz === undefined || (format !== undefined && !isAudioOfFormat(data, format))) {
    throw new IntegrationError({
      code: 'provider_error',
      field: 'format',
      message: `format: the model gave ${facts?.format ?? 'audio without a header'}, not ${format ?? 'audio that tells its rate'}`,
    });
  }
  const { channels, sampleRateHz } = facts;
  return withLength({
    data,
    format: facts.format,
    sampleRateHz,
    mediaType: mediaTypeOfAudio(facts.format),
    ...(channels === 1 || channels === 2 ? { channels } : {}),
  });
}

function withLength(audio: AudioData): AudioData {
  const durationMs = measureAudioMs(audio);
  return durationMs === undefined ? audio : { ...audio, durationMs };
}
