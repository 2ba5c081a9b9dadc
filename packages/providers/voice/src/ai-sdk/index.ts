export type { AiSdkSpeechModel, FromAiSdkSpeechOptions } from './from-ai-sdk-speech.ts';
export { fromAiSdkSpeech } from './from-ai-sdk-speech.ts';
export type { AiSdkTranscriptionModel, FromAiSdkTranscriptionOptions } from './from-ai-sdk-transcription.ts';
export { fromAiSdkTranscription } from './from-ai-sdk-transcription.ts';
export type { ToAiSdkSpeechOptions } from './to-ai-sdk-speech.ts';
export { toAiSdkSpeech } from './to-ai-sdk-speech.ts';
export type { ToAiSdkTranscriptionOptions } from './to-ai-sdk-transcription.ts';
export { toAiSdkTranscription } from './to-ai-sdk-transcription.ts';
