import type { LLMToolChoice } from '../model/tool.ts';

/** What a model in a test was asked, in terms that every wire format can be read into. */
export interface LLMObservedRequest {
  /** The whole request as text (JSON without escapes of printable characters), for searches. */
  readonly text: string;
  /** Text of the last user turn. */
  readonly prompt: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Names of the tools on offer. */
  readonly tools: readonly string[];
  readonly toolChoice?: LLMToolChoice;
  /** Reasoning that was sent back, one text per part. */
  readonly reasoning: readonly string[];
  /** Results of tools that were sent back. */
  readonly toolResults: readonly { readonly callId: string; readonly output: string }[];
  /** Whether a schema for the answer was sent. */
  readonly hasSchema: boolean;
  /** The credential that came with the request. */
  readonly credential?: string;
}
