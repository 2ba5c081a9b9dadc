import type { FileInput } from '@mortise/core';
import type { AudioData } from '../audio/audio-data.ts';
import type { AudioEncoding, AudioFormat } from '../audio/audio-format.ts';

/** A word that the provider should expect. */
export interface KeyTerm {
  readonly text: string;
  /** How strongly; the range is the vendor's. */
  readonly boost?: number;
}

/** How audio is to be transcribed. A wish that cannot be fulfilled is refused or named in `warnings`. */
export interface STTSettings {
  /** BCP 47 tag of the speech. Absent: the provider decides or detects. */
  language?: string;
  model?: string;
  /** Tell speakers apart. */
  diarize?: boolean;
  /** Give the position of each word. */
  wordTimestamps?: boolean;
  /** How many speakers there are, as a hint. */
  speakerCount?: number;
  /** Words of the field. `keyterms` says more. */
  vocabularyHints?: string[];
  /** The caller's own labels. */
  metadata?: Record<string, string>;
  /** Languages that may be spoken. */
  languages?: string[];
  detectLanguage?: boolean;
  /** Transcribe into this language instead, a BCP 47 tag. */
  translateTo?: string;
  /** `separate`: each channel is transcribed by itself. Default `mono`: they are mixed. */
  channels?: 'mono' | 'separate';
  punctuate?: boolean;
  profanityFilter?: boolean;
  /** What to black out, by the vendor's names, such as `pci`. */
  redact?: string[];
  keyterms?: KeyTerm[];
  /** Text that sets the scene. */
  prompt?: string;
}

export interface STTTranscriptionInput extends STTSettings {
  /** The audio, or a file that holds it: bytes, a stream, an address, a reference. */
  audio: AudioData | FileInput;
}

/** Settings of live audio, whose chunks carry no header that could say what they are. */
export interface STTStreamOptions extends STTSettings {
  /** What the chunks are. Absent: the provider's default, which its documentation names. */
  format?: AudioFormat;
  /** Required for raw formats. */
  sampleRateHz?: number;
  encoding?: AudioEncoding;
  channelCount?: 1 | 2;
}
