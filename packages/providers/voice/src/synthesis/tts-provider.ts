import type { CallOptions, Page } from '@mortise/core';
import type { TTSCapabilities } from './tts-capabilities.ts';
import type { TTSSynthesisInput } from './synthesis-input.ts';
import type { TTSSynthesisResult } from './synthesis-result.ts';
import type { TTSStreamPart } from './tts-stream-part.ts';
import type { Voice } from './voice.ts';

/** Settings of a streamed synthesis whose text comes piece by piece. */
export type TTSStreamInput = Omit<TTSSynthesisInput, 'text' | 'ssml'>;

/** A model that speaks. */
export interface TTSModelInfo {
  readonly id: string;
  readonly name?: string;
  /** BCP 47 tags. */
  readonly languages?: readonly string[];
  /** Longest text of one call, in characters. */
  readonly maxCharacters?: number;
}

export interface ListVoicesOptions extends CallOptions {
  /** Only voices for this BCP 47 language tag. */
  readonly language?: string;
}

/**
 * Text to speech behind one connection. `completeTTS` adds the optional methods. Failures reject with core's
 * `IntegrationError`.
 */
export interface TTSProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: TTSCapabilities;

  /**
   * Speaks a text.
   *
   * @throws {IntegrationError} `unsupported` for a format that cannot be made: it is never replaced by another one.
   */
  synthesize(input: TTSSynthesisInput, options?: CallOptions): Promise<TTSSynthesisResult>;

  /** All voices that the connection may use. */
  listVoices(options?: ListVoicesOptions): Promise<Voice[]>;

  /**
   * Speaks while it is still being made. The text may itself come in pieces, as a language model writes it; a piece may
   * end within a word. Can be iterated once; leaving early ends the call.
   */
  synthesizeStream?(
    text: string | AsyncIterable<string>,
    input: TTSStreamInput,
    options?: CallOptions,
  ): AsyncIterable<TTSStreamPart>;

  listModels?(options?: CallOptions): Promise<Page<TTSModelInfo>>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
