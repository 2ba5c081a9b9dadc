import type { Static } from '@mortise/core/schema';
import { describe, expectTypeOf, it } from 'vitest';
import type {
  AudioData,
  ConversationalEvent,
  ConversationalProvider,
  ConversationalSession,
  ConversationalSessionSummary,
  STTProvider,
  STTTranscriptionResult,
  TTSProvider,
  Voice,
  VoiceTimingMap,
} from './index.ts';
import { seedCompatConversational, seedCompatSTT, seedCompatTTS } from './index.ts';
import type {
  ConversationalSessionSummarySchema,
  PortableSTTTranscriptionResult,
  VoiceSchema,
  VoiceTimingMapSchema,
} from './index.ts';

/** The first interfaces, as their implementers and consumers know them. */
type SeedFormat = 'mp3' | 'wav' | 'ogg' | 'pcm' | 'opus';
interface SeedAudio {
  data: Uint8Array;
  format: SeedFormat;
  sampleRateHz: number;
  durationMs?: number;
  channels?: 1 | 2;
}
interface SeedWord {
  word: string;
  startMs: number;
  endMs: number;
  confidence?: number;
}
interface SeedSpeech {
  text: string;
  voiceId: string;
  language?: string;
  ssml?: string;
  format?: SeedFormat;
  sampleRateHz?: number;
  rate?: number;
  pitch?: number;
  emphasis?: 'reduced' | 'normal' | 'strong';
  style?: number;
  stability?: number;
  metadata?: Record<string, string>;
}
interface SeedVoice {
  id: string;
  name: string;
  capabilities?: ('tts' | 'conversational')[];
}
interface SeedTTS {
  synthesize(input: SeedSpeech): Promise<{ audio: SeedAudio; wordTimings?: SeedWord[]; normalizedText?: string }>;
  listVoices(): Promise<SeedVoice[]>;
}
interface SeedSegment {
  text: string;
  startMs: number;
  endMs: number;
  speakerId?: string;
  wordTimings?: SeedWord[];
}
interface SeedListening {
  audio: SeedAudio;
  language?: string;
  diarize?: boolean;
  wordTimestamps?: boolean;
}
interface SeedTranscript {
  text: string;
  segments: SeedSegment[];
  language: string;
  durationMs: number;
  speakers?: { id: string; name?: string }[];
}
interface SeedSTT {
  transcribe(input: SeedListening): Promise<SeedTranscript>;
  transcribeStream?(
    audio: AsyncIterable<Uint8Array>,
    options?: Omit<SeedListening, 'audio'>,
  ): AsyncIterable<SeedSegment>;
}
type SeedEvent =
  | { type: 'session_started'; sessionId: string }
  | { type: 'user_speech_started' }
  | { type: 'user_speech_ended'; transcript: string }
  | { type: 'agent_speech_started'; text: string }
  | { type: 'agent_audio'; audio: Uint8Array }
  | { type: 'agent_speech_ended' }
  | { type: 'transcript'; role: 'user' | 'agent'; text: string; timestamp: number }
  | { type: 'error'; error: Error }
  | { type: 'session_ended'; reason: string; durationMs: number };
interface SeedSession {
  sendAudio(chunk: Uint8Array): void;
  sendText(text: string): void;
  interrupt(): void;
  close(): Promise<{
    sessionId: string;
    durationMs: number;
    turns: { role: 'user' | 'agent'; text: string; startMs: number; endMs: number }[];
    transcript: string;
  }>;
  events: AsyncIterable<SeedEvent>;
}
interface SeedConversational {
  startSession(config: { voiceId: string; turnDetection?: 'server_vad' | 'push_to_talk' }): Promise<SeedSession>;
  listVoices(): Promise<SeedVoice[]>;
}

describe('implementations of the first interfaces', () => {
  it('are implementations of ours', () => {
    expectTypeOf<SeedTTS>().toExtend<TTSProvider>();
    expectTypeOf<SeedSTT>().toExtend<STTProvider>();
    expectTypeOf<SeedConversational>().toExtend<ConversationalProvider>();
    expectTypeOf<SeedSession>().toExtend<ConversationalSession>();
  });
});

describe('consumers of the first interfaces', () => {
  it('take ours through seedCompat', () => {
    expectTypeOf(seedCompatTTS).returns.toExtend<SeedTTS>();
    expectTypeOf(seedCompatSTT).returns.toExtend<SeedSTT>();
    expectTypeOf(seedCompatConversational).returns.toExtend<SeedConversational>();
  });

  it('are told by the compiler where a union got wider', () => {
    expectTypeOf<TTSProvider>().not.toExtend<SeedTTS>();
    expectTypeOf<STTTranscriptionResult['durationMs']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<SeedEvent>().toExtend<ConversationalEvent>();
    expectTypeOf<ConversationalEvent>().not.toExtend<SeedEvent>();
  });
});

describe('schemas', () => {
  it('are of the types beside them', () => {
    expectTypeOf<Static<typeof VoiceSchema>>().toExtend<Voice>();
    expectTypeOf<Static<typeof VoiceTimingMapSchema>>().toExtend<VoiceTimingMap>();
    expectTypeOf<Static<typeof ConversationalSessionSummarySchema>>().toExtend<ConversationalSessionSummary>();
    expectTypeOf<PortableSTTTranscriptionResult['segments']>().toExtend<STTTranscriptionResult['segments']>();
  });

  it('leave bytes out', () => {
    expectTypeOf<AudioData['data']>().toEqualTypeOf<Uint8Array>();
  });
});
