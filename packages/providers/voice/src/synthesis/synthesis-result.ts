import type { ResultMeta } from '@mortise/core';
import type { AudioData } from '../audio/audio-data.ts';
import type { WordTiming } from './word-timing.ts';

/** What a synthesis was charged for, as far as the provider tells. A fact that it does not tell is absent, not 0. */
export interface TTSUsage {
  characters?: number;
  /** Length of the audio made, in milliseconds. */
  audioMs?: number;
  inputTokens?: number;
  outputTokens?: number;
}

/** Where one character is in the audio, in milliseconds from its start. */
export interface CharacterTiming {
  character: string;
  startMs: number;
  endMs: number;
}

/** Spoken text. */
export interface TTSSynthesisResult extends ResultMeta {
  audio: AudioData;
  /** Absent where the provider gives none. */
  wordTimings?: WordTiming[];
  /** The text as the provider read it aloud, numbers and abbreviations written out. */
  normalizedText?: string;
  /** Model that answered. */
  model?: string;
  usage?: TTSUsage;
  characterTimings?: CharacterTiming[];
}
