import type { WebhookRequest } from '@mortise/core';
import type { MessageRef } from '../model/message-ref.ts';
import type { ServiceFault } from './service-gate.ts';

/** A message as people see it on the platform. */
export interface ServiceMessage {
  readonly ref: MessageRef;
  readonly text: string;
  /** Who was notified: ids of users, or `@channel` for everybody. */
  readonly notified: readonly string[];
  readonly files: readonly { readonly name?: string; readonly mediaType: string; readonly sizeBytes: number }[];
  readonly buttons: readonly { readonly id: string; readonly label: string; readonly value?: string }[];
  readonly replyTo?: MessageRef;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly visibleTo?: string;
}

/** Something that the platform tells its subscribers. */
export type ServiceDelivery =
  | { readonly type: 'message' | 'message_updated' | 'message_deleted'; readonly ref: MessageRef }
  | { readonly type: 'press'; readonly ref: MessageRef; readonly actionId: string; readonly value: string }
  /** The check of the endpoint. */
  | { readonly type: 'check'; readonly challenge: string }
  /** A kind that nobody has heard of. */
  | { readonly type: 'novel'; readonly name: string; readonly ref: MessageRef };

export interface DeliverOptions {
  /** What the platform signs with. */
  readonly secret: string;
  /** How long ago it was signed, in milliseconds. Default 0. */
  readonly ageMs?: number;
  /** Id of the event. Default a new one. */
  readonly eventId?: string;
}

/** The platform behind a provider under test: what is seen of it and done to it from the other side. */
export interface MessagingService {
  /** A channel that the provider may write to. Always `general`. */
  readonly channelId: 'general';
  /** Somebody who can be mentioned and written to. Always `ada`. */
  readonly userId: 'ada';
  /** Requests that came so far. */
  readonly requests: () => number;
  /** Requests whose answer is still under way. */
  readonly openRequests: () => number;
  /** The credential of each request. */
  readonly credentials: () => readonly string[];
  /** What is in the channel now, in order. */
  readonly messages: () => readonly ServiceMessage[];
  /** When messages of the channel were edited, in milliseconds of the platform's clock. */
  readonly edits: () => readonly number[];
  /** Bytes of files that came so far, also of uploads under way. */
  readonly receivedBytes: () => number;
  /** The next request fails this way. */
  readonly failNext: (fault: ServiceFault) => void;
  /** Somebody else writes into the channel. */
  readonly write: (text: string, threadId?: string) => MessageRef;
  /** A delivery as the platform sends it, signed now or earlier. */
  readonly deliver: (delivery: ServiceDelivery, options: DeliverOptions) => Promise<WebhookRequest>;
}
