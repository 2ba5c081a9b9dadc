import type { LLMContentPart } from './content-part.ts';

/** Who speaks. */
export type LLMRole = 'system' | 'user' | 'assistant' | 'tool';

/** One turn of a conversation. Implementations never change a message they are given. */
export interface LLMMessage {
  role: LLMRole;
  /** Parts in the order in which they were said; a list even for a single text. */
  content: LLMContentPart[];
  /** Name of the author, where several share a role. */
  name?: string;
  /** On a `tool` turn whose parts are plain text: id of the call that they answer. */
  toolCallId?: string;
  /** The caller's own labels. Never sent to the provider. */
  metadata?: Record<string, string>;
}

/** The text of a message: its text parts joined without anything between them, all other parts left out. */
export function textOf(message: Pick<LLMMessage, 'content'>): string {
  let text = '';
  for (const part of message.content) if (part.type === 'text') text += part.text;
  return text;
}
