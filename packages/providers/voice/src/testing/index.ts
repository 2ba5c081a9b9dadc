export type { VoiceTestRunner } from './voice-conformance.ts';
export {
  checkConversationalProvider,
  checkSTTProvider,
  checkTTSProvider,
  conversationalConformanceCases,
  describeConversationalProvider,
  describeSTTProvider,
  describeTTSProvider,
  sttConformanceCases,
  ttsConformanceCases,
} from './voice-conformance.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  ConversationalConformanceTarget,
  ConversationalSubject,
  ConversationalSubjectSetup,
  SpeechFixtures,
  STTConformanceTarget,
  TTSConformanceTarget,
  VoiceSubject,
  VoiceSubjectSetup,
} from './conformance-target.ts';
export type { VoiceObservedRequest, VoiceServer } from './observed-request.ts';

export type { InMemoryConversationalProviderOptions } from './memory/in-memory-conversational-provider.ts';
export { InMemoryConversationalProvider } from './memory/in-memory-conversational-provider.ts';
export { InMemorySTTProvider } from './memory/in-memory-stt-provider.ts';
export {
  inMemoryConversationalTarget,
  inMemorySTTTarget,
  inMemoryTTSTarget,
  toneFixtures,
} from './memory/in-memory-targets.ts';
export { InMemoryTTSProvider } from './memory/in-memory-tts-provider.ts';
export type { MemoryServerOptions } from './memory/memory-server.ts';
export type { AgentReply, AgentTurn, ScriptedAgent } from './memory/scripted-agent.ts';
export { ECHO_AGENT } from './memory/scripted-agent.ts';
export type { HeardUtterance } from './memory/hear-tones.ts';
export { hearTones } from './memory/hear-tones.ts';
export type { ToneSpeech, ToneVoice } from './memory/tone-speech.ts';
export { speakTones } from './memory/tone-speech.ts';
