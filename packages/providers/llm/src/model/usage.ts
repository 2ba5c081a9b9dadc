import type { JsonObject } from '@mortise/core';

/** Prompt tokens by kind. An absent kind was not reported, which is not zero. */
export interface LLMInputTokenDetails {
  /** Read from the provider's cache. Part of `promptTokens`. */
  cacheReadTokens?: number;
  /** Written to the provider's cache. Part of `promptTokens`. */
  cacheWriteTokens?: number;
  textTokens?: number;
  audioTokens?: number;
  imageTokens?: number;
  videoTokens?: number;
}

/** Generated tokens by kind. An absent kind was not reported, which is not zero. */
export interface LLMOutputTokenDetails {
  /** Spent on thinking. Part of `completionTokens`. */
  reasoningTokens?: number;
  textTokens?: number;
  audioTokens?: number;
}

/** Tokens of one call, in whole tokens. */
export interface LLMTokenUsage {
  /** All tokens of the prompt, cached ones included. */
  promptTokens: number;
  /** All generated tokens, reasoning included. */
  completionTokens: number;
  /** Always `promptTokens + completionTokens`. */
  totalTokens: number;
  inputDetails?: LLMInputTokenDetails;
  outputDetails?: LLMOutputTokenDetails;
  /** True where the counts are computed here rather than reported by the provider. Default false. */
  estimated?: boolean;
  /** The counts as the provider reported them. */
  raw?: JsonObject;
}
