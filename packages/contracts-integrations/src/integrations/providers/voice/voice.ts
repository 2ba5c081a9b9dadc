export type {
  AudioData,
  AudioFormat,
  ConversationalEvent,
  ConversationalProvider,
  ConversationalSession,
  ConversationalSessionConfig,
  ConversationalSessionSummary,
  STTProvider,
  STTTranscriptionInput,
  STTTranscriptionResult,
  TTSProvider,
  TTSSynthesisInput,
  TTSSynthesisResult,
  TranscriptionSegment,
  Voice,
  WordTiming,
} from '@mortise/provider-voice';
export type {
  SeedAudioData,
  SeedAudioFormat,
  SeedConversationalProvider,
  SeedConversationalSession,
  SeedSTTProvider,
  SeedTTSProvider,
} from '@mortise/provider-voice';
export { seedCompatConversational, seedCompatSTT, seedCompatTTS } from '@mortise/provider-voice';
