import {
  type CallOptions,
  type FileInput,
  IntegrationError,
  type Page,
  type Sleep,
  sleep,
  type WebhookRequest,
} from '@mortise/core';
import type {
  ListMessagesQuery,
  MessagingHandshakeAnswer,
  MessagingProvider,
  MessagingStreamOptions,
} from '../messaging-provider.ts';
import type { MessagingCapabilities, MessagingFeature } from '../model/capabilities.ts';
import type { MessagingEvent } from '../model/event.ts';
import { encodeMessageRef, type MessageAddress, type MessageRef, toMessageRef } from '../model/message-ref.ts';
import type { MessagingAuthor, MessagingChannel, MessagingMessage, MessagingUser } from '../model/message.ts';
import type { MessagingSendInput, MessagingTarget, MessagingUpdateInput } from '../model/send-input.ts';
import type { MessagingSendResult } from '../model/send-result.ts';
import { splitText } from '../render/split-text.ts';
import { streamMessage } from '../stream-message.ts';
import { composeMessage, receiveFile, replyTargetOf, warnOfLacks } from './compose-posting.ts';
import { invalid, MessageBoard, type Posting, toMessage } from './message-board.ts';
import type { MessagingService } from './messaging-service.ts';
import { readDelivery, toEvent } from './read-delivery.ts';
import { type Memory, ServiceGate } from './service-gate.ts';
import { isGenuine, signDelivery } from './signed-delivery.ts';

export interface InMemoryMessagingProviderOptions {
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Secrets by which deliveries are known. Default none: then none is genuine. */
  readonly webhookSecrets?: readonly string[];
  /** Features that the platform has. Default all but `typing`. */
  readonly features?: readonly MessagingFeature[];
  /** Default 4,000. */
  readonly maxTextLength?: number;
  /** Default `split`. */
  readonly overlongText?: 'split' | 'refuse';
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits for time limits and between edits of a stream. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

const FEATURES: readonly MessagingFeature[] = [
  'edit',
  'delete',
  'threads',
  'reactions',
  'ephemeral',
  'schedule',
  'streaming',
  'cards',
  'files',
  'history',
  'directMessages',
  'events',
];
const CHANNEL = { id: 'general', name: 'general', kind: 'public' } as const satisfies MessagingChannel;
const USERS: readonly MessagingUser[] = [
  { id: 'ada', name: 'Ada', email: 'ada@example.com', isBot: false },
  { id: 'bot', name: 'Bot', isBot: true },
];
const SELF: MessagingAuthor = { id: 'bot', name: 'Bot', isBot: true, isSelf: true };
const ADA = { id: 'ada', name: 'Ada', isBot: false, isSelf: false } as const satisfies MessagingAuthor;

/**
 * A chat platform in memory that keeps every rule of `MessagingProvider`: the reference against which the kit itself is
 * tested, and a double for the tests of applications. It has one channel, `general`, and one person, `ada`.
 */
export class InMemoryMessagingProvider implements MessagingProvider {
  readonly capabilities: MessagingCapabilities;
  /** The platform's side: what people see, and what they do. */
  readonly service: MessagingService;
  readonly #options: InMemoryMessagingProviderOptions;
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly #gate: ServiceGate;
  readonly #board: MessageBoard;
  readonly #sent: Memory<MessagingSendResult> = new Map();
  readonly #edits: number[] = [];
  #events = 0;
  #receivedBytes = 0;

  constructor(options: InMemoryMessagingProviderOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#sleep = options.sleep ?? sleep;
    this.#gate = new ServiceGate({ credential: options.credential ?? 'in-memory', sleep: this.#sleep });
    this.#board = new MessageBoard(this.#now);
    const features = options.features ?? FEATURES;
    const schedule = features.includes('schedule') ? 'native' : 'none';
    this.capabilities = {
      methods: { startTyping: 'none', openModal: 'none', stream: 'emulated', schedule, cancelScheduled: schedule },
      features,
      idempotency: { supported: 'native', onMismatch: 'error' },
      maxTextLength: options.maxTextLength ?? 4000,
      overlongText: options.overlongText ?? 'split',
    };
    this.service = this.#createService();
  }

  async sendMessage(input: MessagingSendInput, options: CallOptions = {}): Promise<MessagingSendResult> {
    const { attachments: _, ...body } = input;
    return this.#gate.pass({ options, writes: { body, memory: this.#sent } }, () => this.#send(input));
  }

  async updateMessage(
    messageId: MessageAddress,
    input: MessagingUpdateInput,
    options: CallOptions = {},
  ): Promise<MessagingSendResult> {
    const ref = toMessageRef(messageId);
    return this.#gate.pass({ options }, () => {
      const entry = this.#own(ref);
      const { warnings, ...shown } = composeMessage(input, this.capabilities);
      this.#requireLength(shown.text);
      entry.posting = { ...entry.posting, ...shown, editedAtMs: this.#now() };
      this.#edits.push(this.#now());
      return this.#receipt(ref, entry.posting, warnings.length > 0 ? { warnings } : {});
    });
  }

  async deleteMessage(messageId: MessageAddress, options: CallOptions = {}): Promise<void> {
    const ref = toMessageRef(messageId);
    return this.#gate.pass({ options }, () => {
      this.#own(ref).isDeleted = true;
    });
  }

  async getMessage(messageId: MessageAddress, options: CallOptions = {}): Promise<MessagingMessage> {
    const ref = toMessageRef(messageId);
    return this.#gate.pass({ options }, () => toMessage(this.#board.find(ref)));
  }

  async reply(
    messageId: MessageAddress,
    input: MessagingSendInput,
    options: CallOptions = {},
  ): Promise<MessagingSendResult> {
    const { channelId, threadId, messageId: rootId } = toMessageRef(messageId);
    return this.sendMessage({ ...input, channelId, threadId: threadId ?? rootId, replyTo: messageId }, options);
  }

  async addReaction(messageId: MessageAddress, emoji: string, options: CallOptions = {}): Promise<void> {
    const ref = toMessageRef(messageId);
    return this.#gate.pass({ options }, () => void this.#board.find(ref).reactions.add(emoji));
  }

  async removeReaction(messageId: MessageAddress, emoji: string, options: CallOptions = {}): Promise<void> {
    const ref = toMessageRef(messageId);
    return this.#gate.pass({ options }, () => void this.#board.find(ref).reactions.delete(emoji));
  }

  async stream(
    target: MessagingTarget,
    text: AsyncIterable<string>,
    options: MessagingStreamOptions = {},
  ): Promise<MessagingSendResult> {
    return streamMessage(this, target, text, { ...options, now: this.#now, sleep: this.#sleep });
  }

  async schedule(input: MessagingSendInput & { sendAt: Date }, options?: CallOptions): Promise<MessagingSendResult> {
    return this.sendMessage(input, options);
  }

  async cancelScheduled(messageId: MessageAddress, options: CallOptions = {}): Promise<void> {
    const ref = toMessageRef(messageId);
    return this.#gate.pass({ options }, () => {
      const entry = this.#own(ref);
      if (entry.posting.sentAtMs <= this.#now()) {
        throw new IntegrationError({ code: 'conflict', message: 'The message was sent already' });
      }
      entry.isDeleted = true;
    });
  }

  async openDirectMessage(userId: string, options: CallOptions = {}): Promise<MessagingChannel> {
    return this.#gate.pass({ options }, () => ({ id: `direct-${this.#user(userId).id}`, kind: 'direct' }));
  }

  async listMessages(query: ListMessagesQuery, options: CallOptions = {}): Promise<Page<MessagingMessage>> {
    return this.#gate.pass({ options }, () => this.#board.list(query));
  }

  async listChannels(_query?: object, options: CallOptions = {}): Promise<Page<MessagingChannel>> {
    return this.#gate.pass({ options }, () => ({ items: [CHANNEL], hasMore: false }));
  }

  async getChannel(channelId: string, options: CallOptions = {}): Promise<MessagingChannel> {
    return this.#gate.pass({ options }, () => this.#channel(channelId));
  }

  async getUser(userId: string, options: CallOptions = {}): Promise<MessagingUser> {
    return this.#gate.pass({ options }, () => this.#user(userId));
  }

  async findUserByEmail(email: string, options: CallOptions = {}): Promise<MessagingUser | null> {
    const wanted = email.toLowerCase();
    return this.#gate.pass({ options }, () => USERS.find((user) => user.email === wanted) ?? null);
  }

  async uploadFile(target: MessagingTarget, file: FileInput, options?: CallOptions): Promise<MessagingSendResult> {
    return this.sendMessage({ ...target, text: '', attachments: [file] }, options);
  }

  async verifyWebhook(request: WebhookRequest): Promise<boolean> {
    return isGenuine(request, this.#options.webhookSecrets ?? [], this.#now());
  }

  async parseWebhook(request: WebhookRequest): Promise<MessagingEvent> {
    return toEvent(readDelivery(request), this.#board);
  }

  async parseWebhookAll(request: WebhookRequest): Promise<MessagingEvent[]> {
    return [await this.parseWebhook(request)];
  }

  async handleHandshake(request: WebhookRequest): Promise<MessagingHandshakeAnswer | undefined> {
    const { type, challenge } = readDelivery(request);
    if (type !== 'check' || challenge === undefined) return undefined;
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
    if (!(await this.verifyWebhook(request))) return { status: 401, headers, body: '' };
    return { status: 200, headers, body: challenge };
  }

  async close(): Promise<void> {
    this.#gate.close();
  }

  async #send(input: MessagingSendInput): Promise<MessagingSendResult> {
    const channelId = this.#channelOf(input);
    const lacks = warnOfLacks(input, this.capabilities);
    const { warnings, ...shown } = composeMessage(input, this.capabilities);
    for (const userId of shown.notified) if (userId !== '@channel') this.#user(userId);
    const pieces = this.#piecesOf(shown.text);
    const takesFiles = this.capabilities.features.includes('files');
    const files: Posting['files'][number][] = [];
    for (const file of takesFiles ? (input.attachments ?? []) : []) {
      files.push(await receiveFile(file, (count) => (this.#receivedBytes += count)));
    }
    const posting: Posting = {
      ...shown,
      files,
      ...replyTargetOf(input),
      ...(input.metadata === undefined ? {} : { metadata: { ...input.metadata } }),
      ...(input.ephemeralTo === undefined ? {} : { visibleTo: this.#user(input.ephemeralTo).id }),
      author: SELF,
      sentAtMs: Math.max(this.#now(), input.sendAt?.getTime() ?? 0),
    };
    const threadId = this.capabilities.features.includes('threads') ? input.threadId : undefined;
    const [first, ...rest] = pieces.map((text, index) =>
      // What is said once is said with the first piece.
      this.#board.post(
        channelId,
        threadId,
        index === 0 ? { ...posting, text } : { ...posting, text, files: [], buttons: [], notified: [] },
      ),
    );
    if (first === undefined) throw invalid('text', 'nothing came to be sent');
    const all = [...lacks, ...warnings];
    return this.#receipt(first, posting, {
      ...(all.length > 0 ? { warnings: all } : {}),
      ...(rest.length > 0 ? { continuedIn: rest.map(encodeMessageRef) } : {}),
    });
  }

  #receipt(ref: MessageRef, posting: Posting, more: Partial<MessagingSendResult>): MessagingSendResult {
    const { sentAtMs, metadata } = posting;
    const isSent = sentAtMs <= this.#now();
    return {
      id: encodeMessageRef(ref),
      providerMessageId: ref.messageId,
      status: isSent ? 'sent' : 'scheduled',
      ...(isSent ? { sentAt: new Date(sentAtMs) } : {}),
      ...(metadata === undefined ? {} : { metadata: { ...metadata } }),
      ...more,
    };
  }

  #piecesOf(text: string): string[] {
    if (text.length <= this.capabilities.maxTextLength) return [text];
    this.#requireLength(text, this.capabilities.overlongText === 'split');
    return splitText(text, this.capabilities.maxTextLength);
  }

  #requireLength({ length }: string, mayBeSplit: boolean = false): void {
    const { maxTextLength } = this.capabilities;
    if (length <= maxTextLength || mayBeSplit) return;
    throw invalid('text', `expected at most ${maxTextLength} code units, got ${length}`);
  }

  #channelOf({ channelId, recipientId }: MessagingTarget): string {
    if (channelId !== undefined) return this.#channel(channelId).id;
    if (recipientId !== undefined) return `direct-${this.#user(recipientId).id}`;
    throw invalid('channelId', 'expected a channelId or a recipientId');
  }

  #channel(id: string): MessagingChannel {
    if (id === CHANNEL.id) return CHANNEL;
    if (USERS.some((user) => id === `direct-${user.id}`)) return { id, kind: 'direct' };
    throw new IntegrationError({
      code: 'not_found',
      field: 'channelId',
      message: 'channelId: there is no such channel',
    });
  }

  #user(id: string): MessagingUser {
    const user = USERS.find((one) => one.id === id);
    if (user !== undefined) return user;
    throw new IntegrationError({ code: 'not_found', field: 'userId', message: 'userId: there is no such user' });
  }

  #own(ref: MessageRef): ReturnType<MessageBoard['find']> {
    const entry = this.#board.find(ref);
    if (entry.posting.author.isSelf) return entry;
    throw new IntegrationError({ code: 'forbidden', message: 'Only messages of the connection itself can be changed' });
  }

  #createService(): MessagingService {
    return {
      channelId: CHANNEL.id,
      userId: ADA.id,
      requests: () => this.#gate.credentials.length,
      openRequests: () => this.#gate.open,
      credentials: () => this.#gate.credentials,
      messages: () => this.#board.visible(CHANNEL.id).map(({ ref, posting }) => ({ ...posting, ref })),
      edits: () => this.#edits,
      receivedBytes: () => this.#receivedBytes,
      failNext: (fault) => this.#gate.failNext(fault),
      write: (text, threadId) => {
        const posting = { author: ADA, text, notified: [], files: [], buttons: [], sentAtMs: this.#now() };
        return this.#board.post(CHANNEL.id, threadId, posting);
      },
      deliver: (delivery, { secret, ageMs = 0, eventId }) => {
        const sentAtMs = this.#now() - ageMs;
        const type = delivery.type === 'novel' ? delivery.name : delivery.type;
        this.#events += 1;
        const body = { ...delivery, type, eventId: eventId ?? `e${this.#events}`, at: sentAtMs };
        return signDelivery(JSON.stringify(body), secret, sentAtMs);
      },
    };
  }
}
