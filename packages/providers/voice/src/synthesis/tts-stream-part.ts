import type { IntegrationWarning } from '@mortise/core';
import type { AudioEncoding, AudioFormat } from '../audio/audio-format.ts';
import type { TTSUsage } from './synthesis-result.ts';
import type { WordTiming } from './word-timing.ts';

/** What the bytes of a stream are. The first part of every stream. */
export interface TTSStartPart {
  readonly type: 'start';
  readonly format: AudioFormat;
  readonly sampleRateHz: number;
  readonly channels?: 1 | 2;
  readonly encoding?: AudioEncoding;
  readonly warnings: readonly IntegrationWarning[];
}

/** A step of a streamed synthesis: `start`, then audio and timings, then exactly one `finish`, or an exception. */
export type TTSStreamPart =
  | TTSStartPart
  | {
      readonly type: 'audio';
      /** Goes on where the part before ended. */
      readonly bytes: Uint8Array;
      /** Which stretch of text is spoken; ascends with the text. */
      readonly segmentId: string;
    }
  | {
      readonly type: 'timing';
      readonly segmentId: string;
      /** Milliseconds from the start of the stream. */
      readonly words: readonly WordTiming[];
    }
  | { readonly type: 'finish'; readonly usage?: TTSUsage };
