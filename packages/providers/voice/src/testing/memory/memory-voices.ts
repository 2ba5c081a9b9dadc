import type { Voice } from '../../synthesis/voice.ts';
import type { ToneVoice } from './tone-speech.ts';

/** The voices of the in-memory providers. */
export const MEMORY_VOICES: readonly Voice[] = [
  { id: 'low', name: 'Low', language: 'en', gender: 'neutral', capabilities: ['tts', 'conversational'] },
  { id: 'high', name: 'High', language: 'en', gender: 'neutral', capabilities: ['tts', 'conversational'] },
];

export function isToneVoice(id: string): id is ToneVoice {
  return id === 'low' || id === 'high';
}
