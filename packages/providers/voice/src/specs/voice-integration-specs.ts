import type { IntegrationSpec } from '@mortise/core';
import { deepgramIntegrationSpec } from './deepgram.ts';
import { elevenLabsIntegrationSpec } from './elevenlabs.ts';
import { falIntegrationSpec } from './fal.ts';
import { gradiumIntegrationSpec } from './gradium.ts';
import { mistralConversationalIntegrationSpec } from './mistral-conversational.ts';
import { mistralSttIntegrationSpec } from './mistral-stt.ts';
import { openaiRealtimeIntegrationSpec } from './openai-realtime.ts';

/** Every voice spec that is shipped: speech, transcription, conversations. */
export const voiceIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  mistralSttIntegrationSpec,
  mistralConversationalIntegrationSpec,
  elevenLabsIntegrationSpec,
  gradiumIntegrationSpec,
  falIntegrationSpec,
  deepgramIntegrationSpec,
  openaiRealtimeIntegrationSpec,
]);
