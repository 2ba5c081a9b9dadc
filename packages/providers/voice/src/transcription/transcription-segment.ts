import type { WordTiming } from '../synthesis/word-timing.ts';

/** A stretch of speech by one speaker. Milliseconds from the start of the audio. */
export interface TranscriptionSegment {
  text: string;
  /** Included. */
  startMs: number;
  /** Not included. */
  endMs: number;
  /** Stable within one result, not across results. */
  speakerId?: string;
  speakerName?: string;
  /** From 0 to 1. */
  confidence?: number;
  /** From the start of the audio, not of the segment. */
  wordTimings?: WordTiming[];
  /** Channel of the audio, from 0. */
  channel?: number;
  /** BCP 47 tag, where it differs from the whole or changes. */
  language?: string;
  /** From 0 to 1. */
  languageConfidence?: number;
  /** How sure the speaker is, from 0 to 1. */
  speakerConfidence?: number;
}
