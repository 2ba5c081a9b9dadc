import { type CallOptions, IntegrationError, type Operation, type ResumableOperations } from '@mortise/core';
import type { AudioData } from '../audio/audio-data.ts';
import { requireSampleRate } from '../audio/check-raw-audio.ts';
import { inspectAudio } from '../audio/inspect-audio.ts';
import { iterateOnce } from '../call/iterate-once.ts';
import { joinBytes } from '../audio/join-bytes.ts';
import { eventsFromSegments, segmentsFromEvents } from './segments-from-events.ts';
import type { STTProvider } from './stt-provider.ts';
import type { STTStreamOptions, STTTranscriptionInput } from './transcription-input.ts';
import type { STTTranscriptionResult } from './transcription-result.ts';
import type { TranscriptionSegment } from './transcription-segment.ts';

/** A provider with every optional method in place; `webhooks` only where the provider has it. */
export interface CompleteSTTProvider extends STTProvider {
  transcribeStream: NonNullable<STTProvider['transcribeStream']>;
  transcribeEvents: NonNullable<STTProvider['transcribeEvents']>;
  readonly submitTranscription: NonNullable<STTProvider['submitTranscription']>;
  close: NonNullable<STTProvider['close']>;
}

/**
 * Fills in what a provider lacks: live transcription from the other live method, or else from one whole transcription
 * after the audio has ended; `close` as nothing to do; `submitTranscription` as operations that reject with `unsupported`.
 */
export function completeSTT(provider: STTProvider): CompleteSTTProvider {
  const { capabilities, webhooks } = provider;
  const segments: CompleteSTTProvider['transcribeStream'] = (audio, settings, options) => {
    if (provider.transcribeStream !== undefined) return provider.transcribeStream(audio, settings, options);
    const events = provider.transcribeEvents?.(audio, settings, options);
    if (events !== undefined) return segmentsFromEvents(events);
    return iterateOnce(() => transcribeWhole(provider, audio, settings ?? {}, options));
  };
  return {
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(webhooks === undefined ? {} : { webhooks }),
    transcribe: (input, options) => provider.transcribe(input, options),
    transcribeStream: segments,
    transcribeEvents: (audio, settings, options) =>
      provider.transcribeEvents?.(audio, settings, options) ?? eventsFromSegments(segments(audio, settings, options)),
    submitTranscription: provider.submitTranscription ?? NO_SUBMISSION,
    close: () => provider.close?.() ?? Promise.resolve(),
  };
}

const refuse = (): Promise<Operation<STTTranscriptionResult>> =>
  Promise.reject(
    new IntegrationError({ code: 'unsupported', message: 'This provider transcribes within the call only' }),
  );

const NO_SUBMISSION: ResumableOperations<STTTranscriptionInput, STTTranscriptionResult> = Object.freeze({
  start: refuse,
  get: refuse,
  cancel: refuse,
});

async function* transcribeWhole(
  provider: STTProvider,
  audio: AsyncIterable<Uint8Array>,
  settings: STTStreamOptions,
  options?: CallOptions,
): AsyncGenerator<TranscriptionSegment, void> {
  const { format, sampleRateHz, encoding: _encoding, channelCount: _channelCount, ...rest } = settings;
  requireSampleRate(format, sampleRateHz);
  const chunks: Uint8Array[] = [];
  for await (const chunk of audio) chunks.push(chunk);
  const data = joinBytes(chunks);
  const whole = await provider.transcribe({ ...rest, audio: describe(data, settings) }, options);
  yield* whole.segments;
}

function describe(data: Uint8Array, settings: STTStreamOptions): AudioData {
  const facts = inspectAudio(data);
  const format = settings.format ?? facts?.format;
  const sampleRateHz = settings.sampleRateHz ?? facts?.sampleRateHz;
  if (format === undefined || sampleRateHz === undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: format === undefined ? 'format' : 'sampleRateHz',
      message: 'format, sampleRateHz: the chunks have no header that tells them, so they must be given',
    });
  }
  const { encoding, channelCount } = settings;
  return {
    data,
    format,
    sampleRateHz,
    ...(encoding === undefined ? {} : { encoding }),
    ...(channelCount === undefined ? {} : { channels: channelCount }),
  };
}
