export type { AudioData } from './audio/audio-data.ts';
export type { AudioEncoding, AudioFormat } from './audio/audio-format.ts';
export { audioFormatOfMediaType, isRawAudio, mediaTypeOfAudio } from './audio/audio-format.ts';
export { measureAudioMs } from './audio/audio-duration.ts';
export { requireSampleRate } from './audio/check-raw-audio.ts';
export type { AudioFacts } from './audio/inspect-audio.ts';
export { inspectAudio, isAudioOfFormat } from './audio/inspect-audio.ts';
export { decodeSamples, encodeSamples } from './audio/samples.ts';
export type { WavLayout } from './audio/wav.ts';
export { readWav, toWav } from './audio/wav.ts';

export type { Voice } from './synthesis/voice.ts';
export type { WordTiming } from './synthesis/word-timing.ts';
export type { Pronunciation, TTSSynthesisInput } from './synthesis/synthesis-input.ts';
export type { CharacterTiming, TTSSynthesisResult, TTSUsage } from './synthesis/synthesis-result.ts';
export type { TTSStartPart, TTSStreamPart } from './synthesis/tts-stream-part.ts';
export type { TTSCapabilities, TTSFeature, TTSMethod } from './synthesis/tts-capabilities.ts';
export type { ListVoicesOptions, TTSModelInfo, TTSProvider, TTSStreamInput } from './synthesis/tts-provider.ts';
export type { CompleteTTSProvider } from './synthesis/complete-tts.ts';
export { completeTTS } from './synthesis/complete-tts.ts';

export type {
  KeyTerm,
  STTSettings,
  STTStreamOptions,
  STTTranscriptionInput,
} from './transcription/transcription-input.ts';
export type { TranscriptionSegment } from './transcription/transcription-segment.ts';
export type { STTTranscriptionResult, STTUsage } from './transcription/transcription-result.ts';
export type { STTEvent } from './transcription/stt-event.ts';
export type { STTWebhookEvent } from './transcription/stt-webhook-event.ts';
export type { STTCapabilities, STTFeature, STTMethod } from './transcription/stt-capabilities.ts';
export type { STTProvider } from './transcription/stt-provider.ts';
export { eventsFromSegments, segmentsFromEvents } from './transcription/segments-from-events.ts';
export type { CompleteSTTProvider } from './transcription/complete-stt.ts';
export { completeSTT } from './transcription/complete-stt.ts';

export type {
  ConversationalSessionConfig,
  ConversationalTool,
  SessionAudio,
  SessionUpdate,
  TurnDetection,
} from './conversation/session-config.ts';
export type {
  BasicConversationalEvent,
  ConversationalEvent,
  ConversationalRole,
  ConversationalUsage,
  ExtendedConversationalEvent,
} from './conversation/conversational-event.ts';
export { isBasicConversationalEvent, SESSION_END_REASONS } from './conversation/conversational-event.ts';
export type { ConversationalSession, SessionState } from './conversation/conversational-session.ts';
export type { ConversationalSessionSummary, ConversationalTurn } from './conversation/session-summary.ts';
export type {
  ClientTokenRequest,
  ConversationalCapabilities,
  ConversationalClientToken,
  ConversationalFeature,
  ConversationalProvider,
} from './conversation/conversational-provider.ts';
export type { CompleteConversationalProvider } from './conversation/complete-conversational.ts';
export { completeConversational } from './conversation/complete-conversational.ts';
export type { PumpAudioOptions } from './conversation/pump-audio.ts';
export { pumpAudio } from './conversation/pump-audio.ts';
export { SessionEventQueue } from './conversation/session-event-queue.ts';
export { SessionRecorder } from './conversation/session-recorder.ts';

export type { VoicePacingDirective, VoiceSegmentTiming, VoiceTimingMap } from './sync/timing-map.ts';
export type { BuildTimingMapOptions, VoiceSegment } from './sync/build-timing-map.ts';
export { buildTimingMap } from './sync/build-timing-map.ts';
export { framesToMs, msToFrames } from './sync/frames.ts';
export { applyPacing, pacingToSynthesis } from './sync/pacing.ts';
export type { CuesFromTimingMapOptions, SubtitleCue } from './sync/subtitles.ts';
export { cuesFromTimingMap, parseVtt, toSrt, toVtt } from './sync/subtitles.ts';
export type { TimingIssue, TimingIssueCode, ValidateTimingMapOptions } from './sync/validate-timing-map.ts';
export { validateTimingMap } from './sync/validate-timing-map.ts';

export { iterateOnce } from './call/iterate-once.ts';
export type { CallScope } from './call/call-scope.ts';
export { openCallScope } from './call/call-scope.ts';
export type {
  SeedAudioData,
  SeedAudioFormat,
  SeedConversationalProvider,
  SeedConversationalSession,
  SeedSTTProvider,
  SeedTTSProvider,
} from './seed-compat.ts';
export { seedCompatConversational, seedCompatSTT, seedCompatTTS } from './seed-compat.ts';

export {
  STTTranscriptionResultSchema,
  TranscriptionSegmentSchema,
  VoiceSchema,
  WordTimingSchema,
} from './schema/voice-schemas.ts';
export type { PortableSTTTranscriptionResult } from './schema/voice-schemas.ts';
export { ConversationalSessionSummarySchema } from './schema/session-summary-schema.ts';
export { VoicePacingDirectiveSchema, VoiceTimingMapSchema } from './schema/timing-map-schema.ts';
