import type { CapabilityDescription, MethodSupport } from '@mortise/core';

/** Methods of `MessagingProvider` that not every implementation has. */
export type MessagingMethod =
  | 'updateMessage'
  | 'deleteMessage'
  | 'getMessage'
  | 'reply'
  | 'addReaction'
  | 'removeReaction'
  | 'startTyping'
  | 'stream'
  | 'schedule'
  | 'cancelScheduled'
  | 'openDirectMessage'
  | 'listMessages'
  | 'listChannels'
  | 'getChannel'
  | 'getUser'
  | 'findUserByEmail'
  | 'uploadFile'
  | 'openModal'
  | 'verifyWebhook'
  | 'parseWebhook'
  | 'parseWebhookAll'
  | 'handleHandshake';

/** What a platform can show or do beyond plain messages. */
export type MessagingFeature =
  | 'edit'
  | 'delete'
  | 'threads'
  | 'reactions'
  | 'typing'
  | 'ephemeral'
  | 'schedule'
  | 'streaming'
  | 'cards'
  | 'files'
  | 'history'
  | 'directMessages'
  | 'events';

/** What an implementation can do: plain data, known without any call. */
export interface MessagingCapabilities extends CapabilityDescription {
  /** A method that is not listed is supported when it is there. */
  readonly methods?: Readonly<Partial<Record<MessagingMethod, MethodSupport>>>;
  /** A feature that is not listed makes the input that needs it a warning or a refusal. */
  readonly features: readonly MessagingFeature[];
  /** Longest text of one message, in UTF-16 code units. */
  readonly maxTextLength: number;
  /** What becomes of a longer one: several messages, or `invalid_request`. Never a silent cut. */
  readonly overlongText: 'split' | 'refuse';
  /** How long a message may be edited. Absent: for ever, or not known. */
  readonly editWindowSeconds?: number;
}
