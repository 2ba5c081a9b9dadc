import type { ResultMeta } from '@mortise/core';
import type { WordTiming } from '../synthesis/word-timing.ts';
import type { TranscriptionSegment } from './transcription-segment.ts';

/** What a transcription was charged for, as far as the provider tells. */
export interface STTUsage {
  /** Length of the audio that was charged, in milliseconds. */
  audioMs?: number;
  inputTokens?: number;
  outputTokens?: number;
}

/** What was said. */
export interface STTTranscriptionResult extends ResultMeta {
  /** All of it. Empty where nobody spoke. */
  text: string;
  /** In order of `startMs`; stretches of one speaker do not overlap. */
  segments: TranscriptionSegment[];
  /** BCP 47 tag that was detected or given; `und` where the provider does not tell. */
  language: string;
  /** Length of the audio in milliseconds. Absent: the provider does not tell. */
  durationMs?: number;
  /** Who spoke, where speakers were told apart. */
  speakers?: { id: string; name?: string }[];
  wordTimings?: WordTiming[];
  /** From 0 to 1. */
  languageConfidence?: number;
  /** Model that answered. */
  modelId?: string;
  usage?: STTUsage;
}
