import type { FileInput, JsonObject } from '@mortise/core';

/** What any part of a message may carry besides its content. */
export interface LLMPartExtras {
  /**
   * What the provider attached to the part, by provider key. Send it back unchanged on the next turn: reasoning
   * signatures travel here.
   */
  providerMetadata?: Readonly<Record<string, JsonObject>>;
  /** Asks the provider to cache the prompt up to and including this part. `ttlMs` absent: the provider's default. */
  cache?: { readonly ttlMs?: number };
}

/** Plain text. */
export interface LLMTextPart extends LLMPartExtras {
  type: 'text';
  text: string;
}

/** The model asks for a tool to be run. */
export interface LLMToolCallPart extends LLMPartExtras {
  type: 'tool-call';
  /** Names the call within the conversation; the result refers to it. */
  id: string;
  /** Name of the tool, as defined in the options. */
  name: string;
  /** Arguments as JSON text, not parsed. `{}` for a call without arguments. */
  arguments: string;
  /** Who runs the tool. Default `client`; a call run by the provider is followed by its result in the same message. */
  execution?: LLMToolExecution;
}

/** Who runs a tool: the caller, or the provider on its own servers. */
export type LLMToolExecution = 'client' | 'provider';

/** What came of a tool call. */
export interface LLMToolResultPart extends LLMPartExtras {
  type: 'tool-result';
  /** Id of the call that is answered. */
  toolCallId: string;
  /** The result as text; the whole of it where `content` is absent, its text form otherwise. */
  output: string;
  /** True when the tool failed; `output` then says why. Default false. */
  isError?: boolean;
  /** Several parts, or media, where text alone is not enough. */
  content?: (LLMTextPart | LLMFilePart)[];
  /** Present when a person or a policy refused the call, so that the tool never ran. */
  denied?: { readonly reason?: string };
}

/** An image, a document, a recording: handed to the model, or made by it. */
export interface LLMFilePart extends LLMPartExtras {
  type: 'file';
  file: FileInput;
}

/** What the model thought before it answered. Some providers require it back, byte for byte, on the next turn. */
export interface LLMReasoningPart extends LLMPartExtras {
  type: 'reasoning';
  /** Empty where the provider keeps the text to itself. */
  text: string;
  /** True where the provider withheld or encrypted the text; what is needed to go on is in `providerMetadata`. */
  redacted?: boolean;
}

/** Where the model took something from. Names a `url`, a `documentId`, or both. */
export interface LLMSourcePart extends LLMPartExtras {
  type: 'source';
  id: string;
  url?: string;
  documentId?: string;
  title?: string;
}

/** The model declines, in words that are not an answer. */
export interface LLMRefusalPart extends LLMPartExtras {
  type: 'refusal';
  text: string;
}

/** One piece of a message. Gains members over time: keep a default branch. */
export type LLMContentPart =
  | LLMTextPart
  | LLMToolCallPart
  | LLMToolResultPart
  | LLMFilePart
  | LLMReasoningPart
  | LLMSourcePart
  | LLMRefusalPart;
