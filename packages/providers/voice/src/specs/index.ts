export { voiceIntegrationSpecs } from './voice-integration-specs.ts';
export { deepgramIntegrationSpec, registerDeepgramIntegration } from './deepgram.ts';
export { elevenLabsIntegrationSpec, registerElevenLabsIntegration } from './elevenlabs.ts';
export { falIntegrationSpec, registerFalIntegration } from './fal.ts';
export { gradiumIntegrationSpec, registerGradiumIntegration } from './gradium.ts';
export {
  mistralConversationalIntegrationSpec,
  registerMistralConversationalIntegration,
} from './mistral-conversational.ts';
export { mistralSttIntegrationSpec, registerMistralSttIntegration } from './mistral-stt.ts';
export { openaiRealtimeIntegrationSpec, registerOpenaiRealtimeIntegration } from './openai-realtime.ts';
