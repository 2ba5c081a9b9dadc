import type { FileInput } from '@mortise/core';
import type { MessagingContent, MessagingTemplate } from './message-content.ts';
import type { MessageAddress } from './message-ref.ts';

/** Where messages go: a channel, or a person. At least one of `channelId` and `recipientId`. */
export interface MessagingTarget {
  recipientId?: string;
  channelId?: string;
  /** Thread or topic within the channel. */
  threadId?: string;
}

/** A message to be sent. */
export interface MessagingSendInput extends MessagingTarget {
  /** The body, and the fallback where `content` cannot be shown. Plain unless `markdown` is set: nothing in it fires. */
  text: string;
  /** True: `text` is Markdown. Default false. */
  markdown?: boolean;
  /** The caller's own labels. */
  metadata?: Record<string, string>;
  /** Shown in place of `text`. */
  content?: MessagingContent;
  attachments?: readonly FileInput[];
  /** The message that this one answers, quoted where the platform does so. */
  replyTo?: MessageAddress;
  /** People to notify. Their names in the text alone notify nobody. */
  mentions?: readonly { readonly userId: string }[];
  /** True: tokens that call whole channels, such as `@channel`, do so. Default false: they are inert. */
  allowMassMentions?: boolean;
  /** For notifications and screen readers, where `content` is a card. Default `text`. */
  fallbackText?: string;
  /** Whether links are unfolded. Absent: as the platform does by default. */
  linkPreviews?: boolean;
  /** When to send. Absent: now. */
  sendAt?: Date;
  template?: MessagingTemplate;
  /** Only this user sees the message. */
  ephemeralTo?: string;
}

/** The new body of a sent message. */
export interface MessagingUpdateInput {
  channelId?: string;
  threadId?: string;
  text: string;
  markdown?: boolean;
  metadata?: Record<string, string>;
  content?: MessagingContent;
  allowMassMentions?: boolean;
}
