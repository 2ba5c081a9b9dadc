import type { CapabilityDescription, MethodSupport } from '@mortise/core';
import type { AudioFormat } from '../audio/audio-format.ts';

/** Methods of `STTProvider` that not every implementation has. */
export type STTMethod = 'transcribeStream' | 'transcribeEvents' | 'submitTranscription' | 'webhooks';

/** Wishes of `STTSettings` that not every provider can fulfil. */
export type STTFeature =
  | 'diarization'
  | 'word-timings'
  | 'language-detection'
  | 'translation'
  | 'separate-channels'
  | 'profanity-filter'
  | 'redaction'
  | 'keyterms'
  | 'prompt'
  | 'usage';

/** What an implementation can do: plain data, known without any call. */
export interface STTCapabilities extends CapabilityDescription {
  readonly methods?: Readonly<Partial<Record<STTMethod, MethodSupport>>>;
  readonly features: readonly STTFeature[];
  /** Formats that it takes. */
  readonly formats: readonly AudioFormat[];
}
