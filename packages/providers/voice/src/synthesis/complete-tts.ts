import { type CallOptions, IntegrationError } from '@mortise/core';
import { iterateOnce } from '../call/iterate-once.ts';
import type { TTSProvider, TTSStreamInput } from './tts-provider.ts';
import type { TTSStreamPart } from './tts-stream-part.ts';

/** A provider with every optional method in place. */
export interface CompleteTTSProvider extends TTSProvider {
  synthesizeStream: NonNullable<TTSProvider['synthesizeStream']>;
  listModels: NonNullable<TTSProvider['listModels']>;
  close: NonNullable<TTSProvider['close']>;
}

/**
 * Fills in what a provider lacks: `synthesizeStream` from one whole synthesis (so that no audio comes before the text
 * has ended), `close` as nothing to do, and `listModels` as a method that rejects with `unsupported`.
 */
export function completeTTS(provider: TTSProvider): CompleteTTSProvider {
  const { capabilities } = provider;
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    synthesize: (input, options) => provider.synthesize(input, options),
    listVoices: (options) => provider.listVoices(options),
    synthesizeStream: (text, input, options) =>
      provider.synthesizeStream?.(text, input, options) ??
      iterateOnce(() => speakWhole(provider, text, input, options)),
    listModels: (options) =>
      provider.listModels?.(options) ??
      Promise.reject(
        new IntegrationError({ code: 'unsupported', message: 'This speech provider cannot list its models' }),
      ),
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}

async function* speakWhole(
  provider: TTSProvider,
  text: string | AsyncIterable<string>,
  input: TTSStreamInput,
  options?: CallOptions,
): AsyncGenerator<TTSStreamPart, void> {
  const { audio, wordTimings, usage, warnings } = await provider.synthesize(
    { ...input, text: await wholeText(text) },
    options,
  );
  const { format, sampleRateHz, channels, encoding, data } = audio;
  yield {
    type: 'start',
    format,
    sampleRateHz,
    ...(channels === undefined ? {} : { channels }),
    ...(encoding === undefined ? {} : { encoding }),
    warnings: warnings ?? [],
  };
  yield { type: 'audio', bytes: data, segmentId: '0' };
  if (wordTimings !== undefined) yield { type: 'timing', segmentId: '0', words: wordTimings };
  yield { type: 'finish', ...(usage === undefined ? {} : { usage }) };
}

async function wholeText(text: string | AsyncIterable<string>): Promise<string> {
  if (typeof text === 'string') return text;
  let whole = '';
  for await (const piece of text) whole += piece;
  return whole;
}
