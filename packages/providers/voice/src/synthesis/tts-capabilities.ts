import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { AudioFormat } from '../audio/audio-format.ts';

/** Methods of `TTSProvider` that not every implementation has. */
export type TTSMethod = 'synthesizeStream' | 'listModels';

/** Wishes of `TTSSynthesisInput` that not every provider can fulfil, and what it may return beside the audio. */
export type TTSFeature =
  | 'ssml'
  | 'rate'
  | 'pitch'
  | 'emphasis'
  | 'instructions'
  | 'seed'
  | 'pronunciations'
  | 'word-timings'
  | 'usage';

/** What an implementation can do: plain data, known without any call. */
export interface TTSCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<TTSMethod, MethodSupport>>>;
  readonly features: readonly TTSFeature[];
  /** Formats that it makes. */
  readonly formats: readonly AudioFormat[];
  /** Absent: unknown. */
  readonly sampleRatesHz?: readonly number[];
}
