import type { CallOptions, JsonObject } from '@mortise/core';
import type { StandardSchemaLike } from '../structured/standard-schema.ts';
import type { LLMToolChoice, LLMToolDefinition } from './tool.ts';

/** An answer that is JSON and fits a schema; it arrives parsed in `LLMResponse.object`. */
export interface LLMJsonFormat {
  type: 'json';
  /** JSON Schema, or a Standard Schema that can give one. */
  schema: JsonObject | StandardSchemaLike;
  /** Name under which the provider is told of the schema. Default `response`. */
  name?: string;
  description?: string;
  /** Asks the provider to enforce the schema while it writes. Default true. */
  strict?: boolean;
}

/** How much the model thinks before it answers, as a level or as a limit in tokens. */
export type LLMReasoningEffort =
  | 'none'
  | 'minimal'
  | 'low'
  | 'medium'
  | 'high'
  | 'xhigh'
  | { readonly budgetTokens: number };

/**
 * Settings of one call. What a provider cannot honour it reports in `warnings`, by field name; nothing is dropped
 * silently. An absent setting leaves the choice to the provider.
 */
export interface LLMChatOptions extends CallOptions {
  /** Overrides the provider's default model. */
  model?: string;
  /** Randomness, from 0; the upper bound is the provider's (often 1 or 2). */
  temperature?: number;
  /** Nucleus sampling, above 0 up to and including 1. */
  topP?: number;
  /** Sample from the k likeliest tokens only. */
  topK?: number;
  /** Asks for repeatable sampling. */
  seed?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  /** Most tokens to generate; past it the call finishes with `length`. */
  maxOutputTokens?: number;
  /** Texts that end the answer; they are not part of it. */
  stopSequences?: string[];
  /** `text` (default), `json` (any JSON object), or JSON that fits a schema. */
  responseFormat?: 'text' | 'json' | LLMJsonFormat;
  tools?: LLMToolDefinition[];
  toolChoice?: LLMToolChoice;
  /** Whether one turn may call several tools. */
  parallelToolCalls?: boolean;
  reasoning?: LLMReasoningEffort;
  /** Stable, anonymous id of the end user, for the provider's abuse detection. */
  userId?: string;
  /** The caller's own labels, sent where the provider stores such. */
  metadata?: Record<string, string>;
  /** Puts the untouched answer into `raw`. Default false. */
  includeRaw?: boolean;
}
