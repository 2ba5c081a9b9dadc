import type { WordTiming } from '../../synthesis/word-timing.ts';

/** Audio of the agent that is being played, in equal steps. */
export class AgentPlayback {
  readonly text: string;
  readonly #bytes: Uint8Array;
  readonly #words: readonly WordTiming[];
  readonly #bytesPerMs: number;
  #offset = 0;
  #wordsTold = 0;

  constructor(text: string, bytes: Uint8Array, words: readonly WordTiming[], bytesPerMs: number) {
    this.text = text;
    this.#bytes = bytes;
    this.#words = words;
    this.#bytesPerMs = bytesPerMs;
  }

  get playedMs(): number {
    return this.#offset / this.#bytesPerMs;
  }

  get isOver(): boolean {
    return this.#offset >= this.#bytes.byteLength;
  }

  /** The next stretch of audio. */
  next(ms: number): Uint8Array {
    const end = Math.min(this.#offset + Math.round(ms * this.#bytesPerMs), this.#bytes.byteLength);
    const chunk = this.#bytes.slice(this.#offset, end);
    this.#offset = end;
    return chunk;
  }

  /** Words that have begun since the last look. */
  newWords(): string[] {
    const begun = this.#words.filter(({ startMs }) => startMs <= this.playedMs);
    const fresh = begun.slice(this.#wordsTold).map(({ word }) => word);
    this.#wordsTold = begun.length;
    return fresh;
  }

  /** What a listener heard who got only so much of it. */
  textUntil(ms: number): string {
    return this.#words
      .filter(({ endMs }) => endMs <= ms)
      .map(({ word }) => word)
      .join(' ');
  }
}
