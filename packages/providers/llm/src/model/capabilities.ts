import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `LLMProvider` that not every implementation has. */
export type LLMMethod = 'stream' | 'streamParts' | 'countTokens' | 'listModels' | 'batch';

/** What an implementation does with the options and parts that not every provider knows. */
export type LLMFeature =
  /** Offers `tools` to the model and takes results back. */
  | 'tools'
  /** Honours `toolChoice`. */
  | 'tool-choice'
  /** Honours `responseFormat: 'json'`. */
  | 'json'
  /** Honours `responseFormat` with a schema. */
  | 'json-schema'
  /** Yields reasoning parts and takes them back. */
  | 'reasoning'
  /** Takes file parts; see `inputMediaTypes`. */
  | 'files'
  /** Reports token usage. */
  | 'usage';

/**
 * What an implementation can do: plain data, known without any call. A method declared `none` rejects with code
 * `unsupported`; a feature that is not listed makes the option or part that needs it a warning or a refusal.
 */
export interface LLMCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there. */
  readonly methods?: Readonly<Partial<Record<LLMMethod, MethodSupport>>>;
  readonly features: readonly LLMFeature[];
  /** Media types of file parts, such as `image/*`. Absent: unknown. */
  readonly inputMediaTypes?: readonly string[];
}
