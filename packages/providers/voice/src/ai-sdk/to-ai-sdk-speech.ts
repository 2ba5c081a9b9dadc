import type { SpeechModelV4, SpeechModelV4CallOptions, SpeechModelV4Result } from '@ai-sdk/provider';
import type { CallOptions, IntegrationWarning } from '@mortise/core';
import type { AudioFormat } from '../audio/audio-format.ts';
import { audioFormatOfMediaType } from '../audio/audio-format.ts';
import type { TTSSynthesisInput } from '../synthesis/synthesis-input.ts';
import type { TTSProvider } from '../synthesis/tts-provider.ts';
import { callFromAiSdk } from './call-from-ai-sdk.ts';
import { errorToAiSdk } from './error-to-ai-sdk.ts';
import { aiSdkJson } from './json.ts';
import { warningsToAiSdk } from './warnings.ts';

export interface ToAiSdkSpeechOptions {
  /** Id of the model; every call names it. */
  readonly modelId: string;
  /** Voice for calls that name none. */
  readonly voiceId: string;
  /** Name under which the AI SDK reports the provider. Default `mortise`. */
  readonly provider?: string;
  /** Clock of the answer's time stamp. */
  readonly now?: () => number;
}

/** Names that vendors use in output formats such as `ulaw_8000`, for formats that we call otherwise. */
const NAMES: ReadonlyMap<string, AudioFormat> = new Map<string, AudioFormat>([
  ['ulaw', 'mulaw'],
  ['linear16', 'pcm'],
]);

/** A `TTSProvider` as a speech model of the AI SDK, for `generateSpeech`. */
export function toAiSdkSpeech(provider: TTSProvider, options: ToAiSdkSpeechOptions): SpeechModelV4 {
  return {
    specificationVersion: 'v4',
    provider: options.provider ?? 'mortise',
    modelId: options.modelId,
    doGenerate: (call) => doGenerate(provider, options, call),
  };
}

async function doGenerate(
  provider: TTSProvider,
  { modelId, voiceId, now = Date.now }: ToAiSdkSpeechOptions,
  call: SpeechModelV4CallOptions,
): Promise<SpeechModelV4Result> {
  const { text, voice, outputFormat, instructions, speed, language } = call;
  const wished = wishedFormat(outputFormat);
  const input: TTSSynthesisInput = {
    text,
    voiceId: voice ?? voiceId,
    model: modelId,
    ...('format' in wished ? wished : {}),
    ...(instructions === undefined ? {} : { instructions }),
    ...(speed === undefined ? {} : { rate: speed }),
    ...(language === undefined ? {} : { language }),
  };
  const options: CallOptions = callFromAiSdk(call);
  try {
    const result = await provider.synthesize(input, options);
    const warnings: IntegrationWarning[] = [
      ...('warning' in wished ? [wished.warning] : []),
      ...(result.warnings ?? []),
    ];
    return {
      audio: result.audio.data,
      warnings: warningsToAiSdk(warnings),
      response: { timestamp: new Date(now()), modelId: result.model ?? modelId },
      ...(result.usage === undefined ? {} : { usage: { ...result.usage } }),
      ...(result.providerMetadata === undefined ? {} : { providerMetadata: aiSdkJson(result.providerMetadata) }),
    };
  } catch (error) {
    throw errorToAiSdk(error, call.abortSignal);
  }
}

/** The AI SDK takes any text: our names, media types, and vendors' names with a rate behind, such as `pcm_16000`. */
function wishedFormat(
  outputFormat: string | undefined,
): Pick<TTSSynthesisInput, 'format' | 'sampleRateHz'> | { readonly warning: IntegrationWarning } {
  if (outputFormat === undefined) return {};
  const [, name = '', rate] = /^([a-z0-9]+?)(?:_([0-9]+))?$/.exec(outputFormat) ?? [];
  const format = NAMES.get(name) ?? audioFormatOfMediaType(`audio/${name}`) ?? audioFormatOfMediaType(outputFormat);
  const known = name === 'mulaw' || name === 'alaw' ? name : format;
  if (known !== undefined) return { format: known, ...(rate === undefined ? {} : { sampleRateHz: Number(rate) }) };
  return { warning: { type: 'unsupported', field: 'outputFormat', message: `Not known: "${outputFormat}"` } };
}
