import type { CallOptions, FileInput, Page, WebhookRequest } from '@mortise/core';
import type { MessagingCapabilities } from './model/capabilities.ts';
import type { MessagingEvent } from './model/event.ts';
import type { MessageAddress } from './model/message-ref.ts';
import type { MessagingChannel, MessagingMessage, MessagingUser } from './model/message.ts';
import type { MessagingSendInput, MessagingTarget, MessagingUpdateInput } from './model/send-input.ts';
import type { MessagingSendResult } from './model/send-result.ts';

export interface ListMessagesQuery {
  readonly channelId: string;
  readonly threadId?: string;
  /** `backward`: from the newest. `forward`: from the oldest. */
  readonly direction: 'forward' | 'backward';
  /** Position from a previous page's `nextCursor`. */
  readonly cursor?: string;
  /** Most items per page; the provider may give fewer. */
  readonly pageSize?: number;
}

export interface ListChannelsQuery {
  readonly cursor?: string;
  readonly pageSize?: number;
}

export interface MessagingStreamOptions extends CallOptions {
  /** Least time between two edits in milliseconds. Default 1,000. */
  readonly minIntervalMs?: number;
}

/** A form that is opened in answer to an action. */
export interface MessagingModal {
  readonly id: string;
  readonly title: string;
  readonly submitLabel?: string;
  readonly inputs: readonly {
    readonly id: string;
    readonly label: string;
    readonly isMultiline?: boolean;
    readonly initialValue?: string;
  }[];
}

/** A request with which a platform checks the endpoint. */
export interface MessagingHandshakeRequest extends WebhookRequest {
  /** Default `POST`. */
  readonly method?: string;
  readonly url?: string;
}

export interface MessagingHandshakeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A chat platform behind one connection. Only `sendMessage` is required; `complete(provider)` adds the others. Failures
 * reject with core's `IntegrationError`: `aborted` and `timeout` for the caller's signal and time limit, `unsupported`
 * for a method or input that the platform does not have, `outcome_unknown` for a write whose answer was lost.
 */
export interface MessagingProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: MessagingCapabilities;

  /**
   * Sends one message.
   *
   * @throws {IntegrationError} `invalid_request` without a target, or for a text that is longer than the platform takes
   * where `overlongText` is `refuse`.
   */
  sendMessage(input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult>;

  /** Replaces the body of a sent message. Takes the `id` that `sendMessage` gave. */
  updateMessage?(
    messageId: MessageAddress,
    input: MessagingUpdateInput,
    options?: CallOptions,
  ): Promise<MessagingSendResult>;

  /** Deletes a message of the connection's own. */
  deleteMessage?(messageId: MessageAddress, options?: CallOptions): Promise<void>;

  /** @throws {IntegrationError} `not_found` for a message that is not there, or not any more. */
  getMessage?(messageId: MessageAddress, options?: CallOptions): Promise<MessagingMessage>;

  /** Answers in the thread of a message, which is started where there is none. */
  reply?(messageId: MessageAddress, input: MessagingSendInput, options?: CallOptions): Promise<MessagingSendResult>;

  /** @param emoji A name such as `thumbsup`, or the character where the platform wants it. */
  addReaction?(messageId: MessageAddress, emoji: string, options?: CallOptions): Promise<void>;
  removeReaction?(messageId: MessageAddress, emoji: string, options?: CallOptions): Promise<void>;

  /** Shows for a few seconds that an answer is being written. */
  startTyping?(target: MessagingTarget, options?: CallOptions): Promise<void>;

  /**
   * One message that grows as its text comes. It ends with all of the text, also when the source fails; its error is
   * then thrown.
   */
  stream?(
    target: MessagingTarget,
    text: AsyncIterable<string>,
    options?: MessagingStreamOptions,
  ): Promise<MessagingSendResult>;

  /** Sends later. The result's status is `scheduled`. */
  schedule?(input: MessagingSendInput & { sendAt: Date }, options?: CallOptions): Promise<MessagingSendResult>;
  cancelScheduled?(messageId: MessageAddress, options?: CallOptions): Promise<void>;

  /** The channel of the two of you, opened where there is none. */
  openDirectMessage?(userId: string, options?: CallOptions): Promise<MessagingChannel>;

  /** Messages that are there, without deleted ones. */
  listMessages?(query: ListMessagesQuery, options?: CallOptions): Promise<Page<MessagingMessage>>;

  listChannels?(query?: ListChannelsQuery, options?: CallOptions): Promise<Page<MessagingChannel>>;
  /** @throws {IntegrationError} `not_found` */
  getChannel?(channelId: string, options?: CallOptions): Promise<MessagingChannel>;

  /** @throws {IntegrationError} `not_found` */
  getUser?(userId: string, options?: CallOptions): Promise<MessagingUser>;
  /** Null: nobody has that address. */
  findUserByEmail?(email: string, options?: CallOptions): Promise<MessagingUser | null>;

  /** A message with a file and nothing else. Streams are passed on as they come. */
  uploadFile?(target: MessagingTarget, file: FileInput, options?: CallOptions): Promise<MessagingSendResult>;

  openModal?(triggerId: string, modal: MessagingModal, options?: CallOptions): Promise<void>;

  /** False for a request that is not from the platform, also when no signing secret is configured. */
  verifyWebhook?(request: WebhookRequest): Promise<boolean>;
  /** The first event of a request that was verified. */
  parseWebhook?(request: WebhookRequest): Promise<MessagingEvent>;
  /** Every event of a request that was verified. */
  parseWebhookAll?(request: WebhookRequest): Promise<MessagingEvent[]>;
  /** The answer to a check of the endpoint; undefined for any other request. */
  handleHandshake?(request: MessagingHandshakeRequest): Promise<MessagingHandshakeAnswer | undefined>;

  /** Releases connections; later calls reject. Calling it again does nothing. */
  close?(): Promise<void>;
}
