import type { IntegrationError, IntegrationWarning, JsonObject } from '@mortise/core';
import type {
  LLMFilePart,
  LLMSourcePart,
  LLMToolCallPart,
  LLMToolExecution,
  LLMToolResultPart,
} from '../model/content-part.ts';
import type { LLMFinishReason } from '../model/response.ts';
import type { LLMTokenUsage } from '../model/usage.ts';

/** What a block part carries besides its own fields; later metadata of one block replaces earlier, key by key. */
interface BlockPart {
  /** Names the block; unique in the stream. */
  readonly id: string;
  readonly providerMetadata?: Readonly<Record<string, JsonObject>>;
}

/** A block of text that grows: `-start`, then any number of `-delta`, then `-end`, all under one id. */
export type LLMTextBlockPart<Kind extends 'text' | 'reasoning' | 'refusal'> =
  | ({
      readonly type: `${Kind}-start`;
      /** Reasoning alone: the provider withheld or encrypted the text. */
      readonly redacted?: Kind extends 'reasoning' ? boolean : never;
    } & BlockPart)
  | ({ readonly type: `${Kind}-delta`; readonly delta: string } & BlockPart)
  | ({ readonly type: `${Kind}-end` } & BlockPart);

/** The arguments of a tool call while they are written. The id is the call's; the deltas joined are its `arguments`. */
export type LLMToolInputPart =
  | ({ readonly type: 'tool-input-start'; readonly name: string; readonly execution?: LLMToolExecution } & BlockPart)
  | ({ readonly type: 'tool-input-delta'; readonly delta: string } & BlockPart)
  | ({ readonly type: 'tool-input-end' } & BlockPart);

/** First part of every stream. */
export interface LLMStartPart {
  readonly type: 'start';
  /** What the provider will not do as asked. */
  readonly warnings: readonly IntegrationWarning[];
}

/** Identity of the answer, once it is known. May come more than once; later fields win. */
export interface LLMMetadataPart {
  readonly type: 'metadata';
  readonly id?: string;
  readonly modelId?: string;
  /** ISO 8601 instant. */
  readonly createdAt?: string;
  readonly requestId?: string;
}

/** The provider wants a person's consent before it runs a tool of its own. */
export interface LLMToolApprovalRequestPart {
  readonly type: 'tool-approval-request';
  readonly approvalId: string;
  readonly toolCallId: string;
  readonly providerMetadata?: Readonly<Record<string, JsonObject>>;
}

/** Last part of every stream that did not throw. */
export interface LLMFinishPart {
  readonly type: 'finish';
  readonly finishReason: LLMFinishReason;
  /** The reason in the provider's own word. */
  readonly rawFinishReason?: string;
  /** Absent where the provider reports none. */
  readonly usage?: LLMTokenUsage;
  /** The parsed answer where a schema was asked for and the answer fits it. */
  readonly object?: unknown;
  /** Warnings that could only be known at the end. */
  readonly warnings?: readonly IntegrationWarning[];
  readonly providerMetadata?: Readonly<Record<string, JsonObject>>;
}

/**
 * One step of a streamed answer. A stream is one `start`, then content, then exactly one `finish`; or it throws.
 * An `error` part tells of a failure that the stream survived. Gains members over time: keep a default branch.
 */
export type LLMStreamPart =
  | LLMStartPart
  | LLMMetadataPart
  | LLMTextBlockPart<'text'>
  | LLMTextBlockPart<'reasoning'>
  | LLMTextBlockPart<'refusal'>
  | LLMToolInputPart
  | LLMToolCallPart
  /** A tool run by the provider. A preliminary result is replaced by the next one of the same call. */
  | (LLMToolResultPart & { readonly preliminary?: boolean })
  | LLMToolApprovalRequestPart
  | LLMFilePart
  | LLMSourcePart
  /** The event as it came, where `includeRaw` asked for it. */
  | { readonly type: 'raw'; readonly value: unknown }
  | { readonly type: 'error'; readonly error: IntegrationError<string> }
  | LLMFinishPart;
