import type { JsonObject } from '@mortise/core';
import type { MessagingCard } from './card.ts';

/** What a message says, in a richer form than `text`. Exactly one member. */
export type MessagingContent =
  /** CommonMark with strikethrough; rendered into what the platform understands. */
  | { readonly markdown: string }
  /** Shown exactly as it is. */
  | { readonly text: string }
  | { readonly card: MessagingCard }
  /** Payloads in providers' own forms, by provider key, sent as they are. */
  | { readonly native: Readonly<Record<string, JsonObject>> };

/** A message whose wording was approved beforehand, as WhatsApp asks for outside its 24-hour window. */
export interface MessagingTemplate {
  readonly name: string;
  /** BCP 47, such as `en-GB`. */
  readonly language: string;
  readonly variables: Readonly<Record<string, string>>;
}
