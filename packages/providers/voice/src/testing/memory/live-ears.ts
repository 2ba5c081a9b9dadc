import { type HeardUtterance, hearTones } from './hear-tones.ts';

/** What live ears tell. Times are milliseconds from the start of the sound. */
export type EarEvent =
  | { readonly type: 'speech_started'; readonly atMs: number }
  | { readonly type: 'interim'; readonly id: string; readonly text: string }
  | { readonly type: 'final'; readonly id: string; readonly utterance: HeardUtterance }
  | { readonly type: 'speech_ended'; readonly atMs: number };

/** Understands tones as they come in: an utterance is over after a pause. */
export class LiveEars {
  readonly #sampleRateHz: number;
  readonly #pauseMs: number;
  #samples = new Float32Array(0);
  /** Where `#samples` begins, in milliseconds. */
  #startMs = 0;
  #id = 0;
  #told = '';

  /** @param pauseMs Silence that ends an utterance. Default 200. */
  constructor(sampleRateHz: number, pauseMs = 200) {
    this.#sampleRateHz = sampleRateHz;
    this.#pauseMs = pauseMs;
  }

  /** Milliseconds of speech that is not over yet. */
  get pendingMs(): number {
    return this.#told === '' ? 0 : (this.#samples.length / this.#sampleRateHz) * 1000;
  }

  hear(samples: Float32Array): EarEvent[] {
    const joined = new Float32Array(this.#samples.length + samples.length);
    joined.set(this.#samples);
    joined.set(samples, this.#samples.length);
    this.#samples = joined;
    const [first, second] = this.#utterances();
    if (first === undefined) {
      this.#forget(Math.max(0, this.#samples.length - this.#sampleRateHz / 10));
      return [];
    }
    const events = this.#interim(first);
    const lengthMs = (this.#samples.length / this.#sampleRateHz) * 1000;
    const isOver = second !== undefined || lengthMs - first.endMs >= this.#pauseMs;
    return isOver ? [...events, ...this.#finish(first), ...this.hear(new Float32Array(0))] : events;
  }

  /** The sound is over: what was not final becomes so. */
  end(): EarEvent[] {
    const [first] = this.#utterances();
    return first === undefined ? [] : [...this.#interim(first), ...this.#finish(first), ...this.end()];
  }

  #utterances(): HeardUtterance[] {
    return hearTones(this.#samples, this.#sampleRateHz);
  }

  #interim({ text, startMs, words }: HeardUtterance): EarEvent[] {
    const isNew = this.#told === '';
    if (words.length === 0 || text === this.#told) return [];
    this.#told = text;
    return [
      ...(isNew ? [{ type: 'speech_started' as const, atMs: this.#startMs + startMs }] : []),
      { type: 'interim', id: String(this.#id), text },
    ];
  }

  #finish(utterance: HeardUtterance): EarEvent[] {
    const offset = this.#startMs;
    const moved: HeardUtterance = {
      ...utterance,
      startMs: utterance.startMs + offset,
      endMs: utterance.endMs + offset,
      words: utterance.words.map((word) => ({ ...word, startMs: word.startMs + offset, endMs: word.endMs + offset })),
    };
    this.#forget(Math.round((utterance.endMs * this.#sampleRateHz) / 1000));
    const id = String(this.#id);
    this.#id += 1;
    this.#told = '';
    return [
      { type: 'final', id, utterance: moved },
      { type: 'speech_ended', atMs: moved.endMs },
    ];
  }

  #forget(count: number): void {
    this.#startMs += (count / this.#sampleRateHz) * 1000;
    this.#samples = this.#samples.slice(count);
  }
}
