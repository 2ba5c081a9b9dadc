import type { WordTiming } from '../../synthesis/word-timing.ts';

/** Two voices, an octave apart, so that a listener can tell them. */
export type ToneVoice = 'low' | 'high';

/** Sound in which a text can be found again. */
export interface ToneSpeech {
  /** From -1 to 1, mono. */
  readonly samples: Float32Array;
  readonly words: WordTiming[];
}

const TONE_MS = 20;
const GAP_MS = 5;
const WORD_GAP_MS = 45;
const EDGE_MS = 20;
const LOUDNESS = 0.5;

/** Frequencies of the sixteen tones of a voice, in Hz: whole numbers of hundreds, below what a telephone carries. */
export const TONES: Readonly<Record<ToneVoice, readonly number[]>> = {
  low: Array.from({ length: 16 }, (_, index) => 400 + index * 100),
  high: Array.from({ length: 16 }, (_, index) => 2100 + index * 100),
};

/**
 * Speaks a text as tones, two for each byte of its UTF-8 form: crude as a voice, but a listener gets back every word, so
 * that tests of speech need no model. White space between words is not kept.
 *
 * @param rate Speed factor.
 */
export function speakTones(text: string, sampleRateHz: number, voice: ToneVoice = 'low', rate = 1): ToneSpeech {
  const plan: { readonly frequency: number; readonly ms: number }[] = [{ frequency: 0, ms: EDGE_MS }];
  const words: WordTiming[] = [];
  let atMs = EDGE_MS;
  const add = (frequency: number, ms: number): void => {
    plan.push({ frequency, ms: ms / rate });
    atMs += ms / rate;
  };
  for (const word of text.split(/\s+/u).filter((piece) => piece !== '')) {
    if (words.length > 0) add(0, WORD_GAP_MS);
    const startMs = atMs;
    for (const byte of new TextEncoder().encode(word)) {
      for (const nibble of [byte >> 4, byte & 0x0f]) {
        add(TONES[voice][nibble] ?? 0, TONE_MS);
        add(0, GAP_MS);
      }
    }
    words.push({ word, startMs, endMs: atMs });
  }
  add(0, EDGE_MS * rate);
  return { samples: render(plan, sampleRateHz), words };
}

/** Rounds the place of each piece, not its length, so that long speech does not drift from its timings. */
function render(
  plan: readonly { readonly frequency: number; readonly ms: number }[],
  sampleRateHz: number,
): Float32Array {
  const totalMs = plan.reduce((sum, { ms }) => sum + ms, 0);
  const samples = new Float32Array(Math.round((totalMs * sampleRateHz) / 1000));
  let atMs = 0;
  for (const { frequency, ms } of plan) {
    const from = Math.round((atMs * sampleRateHz) / 1000);
    atMs += ms;
    const to = Math.min(Math.round((atMs * sampleRateHz) / 1000), samples.length);
    if (frequency === 0) continue;
    for (let index = from; index < to; index += 1) {
      samples[index] = LOUDNESS * Math.sin((2 * Math.PI * frequency * (index - from)) / sampleRateHz);
    }
  }
  return samples;
}
