/** Where a word is in the audio. Milliseconds from the start of the audio, or of the segment where it says so. */
export interface WordTiming {
  word: string;
  /** Included. */
  startMs: number;
  /** Not included; never before `startMs`. */
  endMs: number;
  /** From 0 to 1. */
  confidence?: number;
}
