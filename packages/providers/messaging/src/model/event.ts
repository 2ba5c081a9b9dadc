import type { MessageRef } from './message-ref.ts';
import type { MessagingAuthor, MessagingMessage } from './message.ts';

interface EventBase {
  /** The provider's id of the event, the same over repeated deliveries. */
  readonly providerEventId: string;
  readonly author: MessagingAuthor;
  /** When it happened. */
  readonly at: Date;
  /** The message that it is about, or where it happened. */
  readonly ref: MessageRef;
}

/** Something that happened on the platform. Keep a default branch: kinds are added. */
export type MessagingEvent =
  | (EventBase & { readonly type: 'message' | 'bot_mentioned'; readonly message: MessagingMessage })
  | (EventBase & {
      readonly type: 'message_updated';
      readonly message: MessagingMessage;
      /** The text before, where the platform tells it. */
      readonly previous?: string;
    })
  | (EventBase & { readonly type: 'message_deleted' })
  | (EventBase & { readonly type: 'reaction_added' | 'reaction_removed'; readonly emoji: string })
  | (EventBase & {
      readonly type: 'action';
      readonly actionId: string;
      readonly value?: string;
      /** Opens a modal; lives for seconds. */
      readonly triggerId?: string;
    })
  | (EventBase & {
      readonly type: 'command';
      readonly command: string;
      readonly text: string;
      readonly triggerId?: string;
    })
  | (EventBase & {
      readonly type: 'modal_submitted';
      readonly modalId: string;
      readonly values: Readonly<Record<string, string>>;
    })
  | (EventBase & { readonly type: 'member_joined' })
  /** Something that this version has no kind for; `rawType` is the provider's name for it. */
  | (EventBase & { readonly type: 'unknown'; readonly rawType: string });
