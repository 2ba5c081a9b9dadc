import type { IntegrationError } from '@mortise/core';
import type { STTUsage } from './transcription-result.ts';
import type { TranscriptionSegment } from './transcription-segment.ts';

/** A step of a live transcription. Gains members over time: keep a default branch. */
export type STTEvent =
  /** Milliseconds from the start of the stream. */
  | { readonly type: 'speech_started'; readonly atMs?: number }
  /** What seems to be said. A later one with the same id takes its place. */
  | { readonly type: 'interim'; readonly id: string; readonly text: string }
  /** What was said; nothing with this id follows. */
  | { readonly type: 'final'; readonly id: string; readonly segment: TranscriptionSegment }
  | { readonly type: 'speech_ended'; readonly atMs?: number }
  | { readonly type: 'usage'; readonly usage: STTUsage }
  /** A failure that the stream survives; one that it does not is thrown. */
  | { readonly type: 'error'; readonly error: IntegrationError<string> };
