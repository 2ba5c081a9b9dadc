import type { WordTiming } from '../../synthesis/word-timing.ts';
import { TONES, type ToneVoice } from './tone-speech.ts';

/** What one voice said without a long pause. Milliseconds from the start of the samples. */
export interface HeardUtterance {
  readonly voice: ToneVoice;
  readonly text: string;
  readonly words: WordTiming[];
  readonly startMs: number;
  readonly endMs: number;
}

const SILENCE = 0.02;
/** Shorter runs of quiet samples are the zero crossings of a tone. */
const TONE_END_MS = 1.5;
/** Longer gaps part words. */
const WORD_END_MS = 15;
/** Longer gaps part utterances. */
const UTTERANCE_END_MS = 200;

interface HeardTone {
  readonly voice: ToneVoice;
  readonly nibble: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Finds the texts in sound made by `speakTones`. Silence gives nothing. */
export function hearTones(samples: Float32Array, sampleRateHz: number): HeardUtterance[] {
  return splitAt(tonesIn(samples, sampleRateHz), UTTERANCE_END_MS).map((tones) => {
    const words = splitAt(tones, WORD_END_MS).map(wordOf);
    return {
      voice: tones[0]?.voice ?? 'low',
      text: words.map(({ word }) => word).join(' '),
      words,
      startMs: tones[0]?.startMs ?? 0,
      endMs: tones.at(-1)?.endMs ?? 0,
    };
  });
}

function tonesIn(samples: Float32Array, sampleRateHz: number): HeardTone[] {
  const tones: HeardTone[] = [];
  const patience = (TONE_END_MS * sampleRateHz) / 1000;
  let from = -1;
  let lastLoud = -1;
  const finish = (): void => {
    if (from !== -1) tones.push(recognise(samples, from, lastLoud + 1, sampleRateHz));
    from = -1;
  };
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) >= SILENCE) {
      if (from === -1) from = index;
      lastLoud = index;
    } else if (from !== -1 && index - lastLoud > patience) finish();
  }
  finish();
  return tones;
}

/** The tone with the most energy between two samples. */
function recognise(samples: Float32Array, from: number, to: number, sampleRateHz: number): HeardTone {
  const tone = samples.subarray(from, to);
  let best = { voice: 'low' as ToneVoice, nibble: 0, energy: -1 };
  for (const voice of ['low', 'high'] as const) {
    for (const [nibble, frequency] of TONES[voice].entries()) {
      const energy = energyAt(frequency / sampleRateHz, tone);
      if (energy > best.energy) best = { voice, nibble, energy };
    }
  }
  const ms = 1000 / sampleRateHz;
  return { voice: best.voice, nibble: best.nibble, startMs: from * ms, endMs: to * ms };
}

/** Goertzel's algorithm. */
function energyAt(cyclesPerSample: number, tone: Float32Array): number {
  const factor = 2 * Math.cos(2 * Math.PI * cyclesPerSample);
  let last = 0;
  let beforeLast = 0;
  for (const sample of tone) {
    const next = sample + factor * last - beforeLast;
    beforeLast = last;
    last = next;
  }
  return last * last + beforeLast * beforeLast - factor * last * beforeLast;
}

/** Parts tones at long gaps and where another voice takes over. */
function splitAt(tones: readonly HeardTone[], gapMs: number): HeardTone[][] {
  const groups: HeardTone[][] = [];
  for (const tone of tones) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (before === undefined || tone.startMs - before.endMs > gapMs || tone.voice !== before.voice) groups.push([tone]);
    else group?.push(tone);
  }
  return groups;
}

function wordOf(tones: readonly HeardTone[]): WordTiming {
  const bytes = new Uint8Array(Math.floor(tones.length / 2));
  for (const index of bytes.keys()) {
    bytes[index] = ((tones[index * 2]?.nibble ?? 0) << 4) | (tones[index * 2 + 1]?.nibble ?? 0);
  }
  return {
    word: new TextDecoder().decode(bytes),
    startMs: tones[0]?.startMs ?? 0,
    endMs: tones.at(-1)?.endMs ?? 0,
    confidence: 1,
  };
}
