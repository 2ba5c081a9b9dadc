import { type CallOptions, IntegrationError } from '@mortise/core';
import type { AudioData } from './audio/audio-data.ts';
import { decodeSamples, encodeSamples } from './audio/samples.ts';
import type { ConversationalProvider } from './conversation/conversational-provider.ts';
import { type BasicConversationalEvent, isBasicConversationalEvent } from './conversation/conversational-event.ts';
import type { ConversationalSession } from './conversation/conversational-session.ts';
import type { ConversationalSessionConfig } from './conversation/session-config.ts';
import type { ListVoicesOptions, TTSProvider } from './synthesis/tts-provider.ts';
import type { TTSSynthesisInput } from './synthesis/synthesis-input.ts';
import type { TTSSynthesisResult } from './synthesis/synthesis-result.ts';
import type { Voice } from './synthesis/voice.ts';
import type { STTProvider } from './transcription/stt-provider.ts';
import type { STTTranscriptionInput } from './transcription/transcription-input.ts';
import type { STTTranscriptionResult } from './transcription/transcription-result.ts';

/** The formats that consumers of the first interface know. */
export type SeedAudioFormat = 'mp3' | 'wav' | 'ogg' | 'pcm' | 'opus';

export interface SeedAudioData extends Omit<AudioData, 'format'> {
  format: SeedAudioFormat;
}

export interface SeedTTSProvider {
  synthesize(
    input: TTSSynthesisInput,
    options?: CallOptions,
  ): Promise<Omit<TTSSynthesisResult, 'audio'> & { audio: SeedAudioData }>;
  listVoices(options?: ListVoicesOptions): Promise<Voice[]>;
}

export interface SeedSTTProvider {
  transcribe(
    input: STTTranscriptionInput,
    options?: CallOptions,
  ): Promise<STTTranscriptionResult & { durationMs: number }>;
}

export interface SeedConversationalSession extends Pick<
  ConversationalSession,
  'sendAudio' | 'sendText' | 'interrupt' | 'close'
> {
  readonly events: AsyncIterable<BasicConversationalEvent>;
}

export interface SeedConversationalProvider {
  startSession(config: ConversationalSessionConfig, options?: CallOptions): Promise<SeedConversationalSession>;
  listVoices(options?: ListVoicesOptions): Promise<Voice[]>;
}

/**
 * For code written against the first interfaces, whose unions were narrower. One function for each interface:
 *
 * | given | becomes |
 * | --- | --- |
 * | audio in `mulaw` or `alaw` | the same sound as 16-bit `pcm` |
 * | audio in `aac`, `flac`, `webm`, `m4a` | rejects with `unsupported`: ask for another `format` |
 * | a transcript without `durationMs` | the end of its last segment, 0 without one |
 * | extended session events | left out |
 */
export function seedCompatTTS(provider: TTSProvider): SeedTTSProvider {
  return {
    synthesize: async (input, options) => {
      const { audio, ...rest } = await provider.synthesize(input, options);
      return { ...rest, audio: foldAudio(audio) };
    },
    listVoices: (options) => provider.listVoices(options),
  };
}

/** See `seedCompatTTS`. */
export function seedCompatSTT(provider: STTProvider): SeedSTTProvider {
  return {
    transcribe: async (input, options) => {
      const result = await provider.transcribe(input, options);
      return { ...result, durationMs: result.durationMs ?? Math.max(0, ...result.segments.map(({ endMs }) => endMs)) };
    },
  };
}

/** See `seedCompatTTS`. */
export function seedCompatConversational(provider: ConversationalProvider): SeedConversationalProvider {
  return {
    startSession: async (config, options) => {
      const session = await provider.startSession({ ...config, extendedEvents: false }, options);
      return {
        events: basicOnly(session.events),
        sendAudio: (chunk) => session.sendAudio(chunk),
        sendText: (text) => session.sendText(text),
        interrupt: () => session.interrupt(),
        close: () => session.close(),
      };
    },
    listVoices: (options) => provider.listVoices(options),
  };
}

function foldAudio(audio: AudioData): SeedAudioData {
  const { format } = audio;
  switch (format) {
    case 'mp3':
    case 'wav':
    case 'ogg':
    case 'pcm':
    case 'opus':
      return { ...audio, format };
    case 'mulaw':
    case 'alaw': {
      const { encoding: _, mediaType: __, bitDepth: ___, ...rest } = audio;
      return { ...rest, format: 'pcm', data: encodeSamples(decodeSamples(audio.data, format), 'pcm_s16le') };
    }
    default:
      throw new IntegrationError({
        code: 'unsupported',
        field: 'format',
        message: `format: the provider gave ${format}, which the first interface has no name for; ask for another format`,
      });
  }
}

async function* basicOnly(events: ConversationalSession['events']): AsyncGenerator<BasicConversationalEvent, void> {
  for await (const event of events) if (isBasicConversationalEvent(event)) yield event;
}
