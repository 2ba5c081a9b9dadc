import type { JsonObject } from '@mortise/core';
import type { LLMToolExecution } from './content-part.ts';

/** What running a tool does to the world. A statement by whoever defines the tool, not a guarantee. */
export interface LLMToolHints {
  /** Changes nothing. */
  readonly readOnly?: boolean;
  /** May destroy something that cannot be brought back. */
  readonly destructive?: boolean;
  /** Running it twice has the effect of running it once. */
  readonly idempotent?: boolean;
}

/** A tool that the model may call. */
export interface LLMToolDefinition {
  /** Unique among the tools of one call. */
  name: string;
  /** Tells the model when to use the tool. */
  description?: string;
  /** JSON Schema of the arguments, or a schema object that can give one (Standard JSON Schema). */
  inputSchema: unknown;
  /** Asks the provider to make the arguments fit the schema exactly. Absent: the provider's default. */
  strict?: boolean;
  /** Arguments as the model should write them. */
  inputExamples?: JsonObject[];
  /** Who runs the tool. Default `client`. */
  execution?: LLMToolExecution;
  /** For the caller's own policies, such as asking a person first. Never sent to the provider. */
  hints?: LLMToolHints;
}

/** Whether the model may, must not or must call a tool, or must call a given one. Default `auto`. */
export type LLMToolChoice = 'auto' | 'none' | 'required' | { readonly tool: string };
