import type { LLMFinishReason } from '../model/response.ts';
import type { LLMObservedRequest } from './observed-request.ts';

/** One step of an answer that is played by a model in a test. */
export type ScriptedStep =
  /** A block of text, one delta after the other. */
  | { readonly type: 'text' | 'reasoning' | 'refusal'; readonly deltas: readonly string[] }
  /** A tool call whose arguments come in these pieces. */
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string; readonly deltas: readonly string[] }
  | { readonly type: 'source'; readonly url: string; readonly title?: string }
  /** From here on nothing comes, until the call is ended from outside. */
  | { readonly type: 'hang' }
  /** The service fails: before the first step with this status, later by breaking off the stream. */
  | { readonly type: 'fail'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks. */
  | { readonly type: 'break' };

/** Token counts as a service reports them. */
export interface ScriptedUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cacheReadTokens?: number;
  readonly reasoningTokens?: number;
}

/** A whole answer. What it leaves out, the service does not report. */
export interface ScriptedAnswer {
  readonly steps: readonly ScriptedStep[];
  /** Why the answer ends: one of ours, or a word that no vendor uses. Default `stop`. */
  readonly finish?: Exclude<LLMFinishReason, 'other' | 'error'> | { readonly unknown: string };
  readonly usage?: ScriptedUsage;
  readonly id?: string;
  readonly modelId?: string;
  /** Epoch seconds. */
  readonly createdAt?: number;
}

/** A model in a test: what it answers may depend on what it was asked. */
export type ScriptedModel = (request: LLMObservedRequest) => ScriptedAnswer;
