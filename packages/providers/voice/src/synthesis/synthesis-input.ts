import type { AudioFormat } from '../audio/audio-format.ts';

/** How a word is to be said: in the phonetic alphabet (IPA), or as if another text stood there. */
export type Pronunciation =
  | { readonly text: string; readonly ipa: string; readonly alias?: never }
  | { readonly text: string; readonly alias: string; readonly ipa?: never };

/**
 * Text to be spoken. A wish that the provider cannot fulfil is refused or named in the result's `warnings`, never
 * dropped silently. An absent wish leaves the choice to the provider.
 */
export interface TTSSynthesisInput {
  text: string;
  /** Id from `listVoices`. */
  voiceId: string;
  /** BCP 47 tag such as `fr`. */
  language?: string;
  /** SSML that is spoken instead of `text`. */
  ssml?: string;
  /** What the bytes of the result are to be. The result's own `audio.format` says what they are. */
  format?: AudioFormat;
  sampleRateHz?: number;
  /** Speed factor, from 0.5 to 2; 1 is normal. */
  rate?: number;
  /** Semitones, from -12 to 12; 0 is normal. */
  pitch?: number;
  emphasis?: 'reduced' | 'normal' | 'strong';
  /** Expressiveness from 0 to 1; what it does is the vendor's. */
  style?: number;
  /** Evenness from 0 to 1; what it does is the vendor's. */
  stability?: number;
  /** The caller's own labels. */
  metadata?: Record<string, string>;
  /** Overrides the provider's default model. */
  model?: string;
  /** How to speak, in words: "whisper, in a hurry". */
  instructions?: string;
  /** Asks for repeatable audio. */
  seed?: number;
  pronunciations?: Pronunciation[];
  /** What was said just before and will be said just after, so that the tone fits. It is not spoken. */
  previousText?: string;
  nextText?: string;
  outputChannels?: 1 | 2;
}
