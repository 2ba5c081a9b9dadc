import { type BatchEntry, type BatchResult, type CallOptions, IntegrationError, type Page } from '@mortise/core';
import type { EmailInboundProvider } from '../../email-inbound-provider.ts';
import type { EmailListSuppressionsOptions, EmailOutboundProvider } from '../../email-outbound-provider.ts';
import type { EmailAttachmentContent } from '../../model/attachment.ts';
import type { EmailCapabilities } from '../../model/capabilities.ts';
import type { EmailDelivery } from '../../model/delivery.ts';
import type { EmailEvent } from '../../model/event.ts';
import type { EmailDraft, EmailDrafts, EmailFolder } from '../../model/mailbox.ts';
import type { EmailMessagesSincePage, EmailMessagesSinceQuery, EmailSearch } from '../../model/message-query.ts';
import type { EmailMessage, EmailMessageUpdate } from '../../model/message.ts';
import type { EmailOutboundMessage } from '../../model/outbound-message.ts';
import type { EmailOutboundResult } from '../../model/outbound-result.ts';
import type { EmailSenderVerification, EmailSuppression } from '../../model/suppression.ts';
import type { EmailThread, EmailThreadListQuery, EmailThreadPage } from '../../model/thread.ts';
import { CallGate } from '../call-gate.ts';
import { pageSizeOf, readCursor, writeCursor } from './cursor.ts';
import { parseEvents, verifyEvents } from './event-signature.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import { type Mailbox, notFound } from './mailbox.ts';
import { prepareMail } from './outgoing-mail.ts';
import type { InMemoryPostOffice } from './post-office.ts';

export interface InMemoryEmailProviderOptions {
  /** Address of the mailbox. */
  readonly address: string;
  /** Secrets with which deliveries are checked. Absent or empty: none is genuine. */
  readonly webhookSecrets?: readonly string[];
  /** What the office asks for. Absent: it asks for nothing. */
  readonly password?: string;
  /** What the provider shows. */
  readonly credential?: string;
  /** Pieces in which attachments come. Default 65,536 bytes. */
  readonly chunkBytes?: number;
}

type WebhookInput = Parameters<NonNullable<EmailOutboundProvider['verifyWebhook']>>[0];

const CHANGES_PER_READ = 100;
const DEFAULT_CHUNK_BYTES = 65_536;

const CAPABILITIES: EmailCapabilities = {
  methods: { getRawMime: 'none', watch: 'none' },
  features: ['schedule', 'threading', 'inline-attachments', 'templates', 'unsubscribe', 'tags'],
  idempotency: { supported: 'emulated', replaysErrors: false, onMismatch: 'error' },
};

/**
 * A mailbox of an in-memory post office: both interfaces, with threads, labels, drafts, scheduling, changes and events.
 * For tests of whatever sends or reads mail.
 */
export class InMemoryEmailProvider implements EmailOutboundProvider, EmailInboundProvider {
  readonly capabilities = CAPABILITIES;
  readonly drafts: EmailDrafts = {
    create: (message, options) => this.#call(options, () => this.#writeDraft(message)),
    update: (draftId, message, options) => this.#call(options, () => this.#writeDraft(message, draftId)),
    send: (draftId, options) => this.#call(options, () => this.#sendDraft(draftId)),
    delete: (draftId, options) => this.#call(options, () => this.#dropDraft(draftId)),
  };
  readonly #office: InMemoryPostOffice;
  readonly #mailbox: Mailbox;
  readonly #options: InMemoryEmailProviderOptions;
  readonly #gate: CallGate;
  readonly #keys = new IdempotencyKeys<EmailOutboundResult>();
  readonly #batchKeys = new IdempotencyKeys<BatchResult<EmailOutboundResult>>();
  readonly #draftContents = new Map<string, { readonly message: EmailOutboundMessage; mailId: string }>();
  #draftCount = 0;

  constructor(office: InMemoryPostOffice, options: InMemoryEmailProviderOptions) {
    this.#office = office;
    this.#mailbox = office.mailbox(options.address);
    this.#options = options;
    this.#gate = new CallGate(office.sleep);
  }

  /** From now on calls get no answer. */
  stall(): void {
    this.#gate.stall();
  }

  sendEmail(message: EmailOutboundMessage, options?: CallOptions): Promise<EmailOutboundResult> {
    return this.#call(options, (signal) =>
      this.#keys.once(options?.idempotencyKey, message, () => this.#office.post(this.#mailbox, message, signal)),
    );
  }

  sendBatch(
    messages: readonly EmailOutboundMessage[],
    options?: CallOptions,
  ): Promise<BatchResult<EmailOutboundResult>> {
    return this.#call(options, (signal) =>
      this.#batchKeys.once(options?.idempotencyKey, messages, async () => {
        const results: BatchEntry<EmailOutboundResult>[] = [];
        for (const [index, message] of messages.entries()) {
          try {
            results.push({ index, ok: true, value: await this.#office.post(this.#mailbox, message, signal) });
          } catch (error) {
            if (!IntegrationError.is(error) || signal.aborted) throw error;
            results.push({ index, ok: false, error });
          }
        }
        return { results };
      }),
    );
  }

  cancelScheduled(id: string, options?: CallOptions): Promise<void> {
    return this.#call(options, () => this.#office.cancel(this.#mailbox, id));
  }

  reschedule(id: string, at: Date, options?: CallOptions): Promise<EmailOutboundResult> {
    return this.#call(options, () => this.#office.reschedule(this.#mailbox, id, at));
  }

  getDelivery(id: string, options?: CallOptions): Promise<EmailDelivery> {
    return this.#call(options, () => this.#office.delivery(this.#mailbox, id));
  }

  listSuppressions(options: EmailListSuppressionsOptions = {}): Promise<Page<EmailSuppression>> {
    return this.#call(options, () => {
      const size = pageSizeOf(options.pageSize);
      const { address } = this.#mailbox;
      const from = options.cursor === undefined ? 0 : readCursor('suppressions', address, options.cursor);
      const all = this.#office.suppressions();
      const items = all.slice(from, from + size);
      return from + size < all.length
        ? { items, hasMore: true, nextCursor: writeCursor('suppressions', address, from + size) }
        : { items, hasMore: false };
    });
  }

  addSuppression(email: string, options?: CallOptions): Promise<EmailSuppression> {
    return this.#call(options, () => this.#office.suppress(email, 'manual'));
  }

  removeSuppression(email: string, options?: CallOptions): Promise<void> {
    return this.#call(options, () => this.#office.unsuppress(email));
  }

  verifySender(email: string, options?: CallOptions): Promise<EmailSenderVerification> {
    const isOwn = email.toLowerCase() === this.#mailbox.address;
    return this.#call(options, () => ({ email, status: isOwn ? 'verified' : 'unverified' }));
  }

  verifyWebhook(request: WebhookInput): Promise<boolean> {
    return verifyEvents(request, this.#options.webhookSecrets ?? [], this.#office.now());
  }

  async parseWebhook(request: WebhookInput): Promise<EmailEvent> {
    const [event] = parseEvents(request);
    if (event === undefined) throw notFound('event in the delivery');
    return event;
  }

  parseWebhookAll(request: WebhookInput): Promise<EmailEvent[]> {
    return Promise.resolve(request).then(parseEvents);
  }

  async listThreads(query?: EmailThreadListQuery, options?: CallOptions): Promise<EmailThread[]> {
    return (await this.listThreadsPage(query, options)).threads;
  }

  listThreadsPage(query?: EmailThreadListQuery, options?: CallOptions): Promise<EmailThreadPage> {
    return this.#call(options, () => this.#mailbox.threadsPage(query));
  }

  getThread(threadId: string, options?: CallOptions): Promise<EmailThread | null> {
    return this.#call(options, () => this.#mailbox.thread(threadId));
  }

  getMessage(messageId: string, options?: CallOptions): Promise<EmailMessage | null> {
    return this.#call(options, () => this.#mailbox.get(messageId) ?? null);
  }

  listMessagesSince(query: EmailMessagesSinceQuery, options?: CallOptions): Promise<EmailMessagesSincePage> {
    return this.#call(options, () => this.#mailbox.messagesSince(query));
  }

  listMessages(search: EmailSearch, options?: CallOptions): Promise<Page<EmailMessage>> {
    return this.#call(options, () => this.#mailbox.search(search));
  }

  updateMessage(messageId: string, update: EmailMessageUpdate, options?: CallOptions): Promise<EmailMessage> {
    return this.#call(options, () => this.#mailbox.update(messageId, update));
  }

  listFolders(options?: CallOptions): Promise<EmailFolder[]> {
    return this.#call(options, () => this.#mailbox.folders());
  }

  getAttachment(messageId: string, attachmentId: string, options?: CallOptions): Promise<EmailAttachmentContent> {
    return this.#call(options, () => {
      const attachment = this.#mailbox.get(messageId)?.attachments?.find(({ id }) => id === attachmentId);
      if (attachment?.data === undefined) throw notFound('attachment');
      const { data, contentType } = attachment;
      const stream = inChunks(data, this.#options.chunkBytes ?? DEFAULT_CHUNK_BYTES);
      return { stream, contentType, sizeBytes: data.length };
    });
  }

  listChanges(cursor?: string, options?: CallOptions): ReturnType<NonNullable<EmailInboundProvider['listChanges']>> {
    return this.#call(options, () => this.#mailbox.changesSince(cursor, CHANGES_PER_READ));
  }

  async #writeDraft(message: EmailOutboundMessage, draftId?: string): Promise<EmailDraft> {
    const known = draftId === undefined ? undefined : this.#draftOf(draftId);
    const stamp = { messageIdHeader: `<draft@${this.#mailbox.address}>`, sentAt: new Date(this.#office.now()) };
    const { content } = await prepareMail({ textBody: '', ...message }, stamp, {});
    if (known !== undefined) this.#mailbox.remove(known.mailId, stamp.sentAt.toISOString());
    const bcc = message.bcc === undefined ? {} : { bcc: message.bcc.map((address) => ({ ...address })) };
    const stored = this.#mailbox.add({ ...content, ...bcc }, 'drafts', message.threadId);
    const id = draftId ?? `d${(this.#draftCount += 1)}`;
    this.#draftContents.set(id, { message: structuredClone(message), mailId: stored.id });
    return { id, message: stored };
  }

  async #sendDraft(draftId: string): Promise<EmailOutboundResult> {
    const { message } = this.#draftOf(draftId);
    const result = await this.#office.post(this.#mailbox, message);
    this.#dropDraft(draftId);
    return result;
  }

  #dropDraft(draftId: string): void {
    const draft = this.#draftContents.get(draftId);
    if (draft === undefined) return;
    this.#draftContents.delete(draftId);
    this.#mailbox.remove(draft.mailId, new Date(this.#office.now()).toISOString());
  }

  #draftOf(draftId: string): { readonly message: EmailOutboundMessage; readonly mailId: string } {
    const draft = this.#draftContents.get(draftId);
    if (draft === undefined) throw notFound('draft');
    return draft;
  }

  #call<Value>(
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Value | Promise<Value>,
  ): Promise<Value> {
    return this.#gate.run(options, (signal) => {
      const { password, credential } = this.#options;
      if (password !== undefined && credential !== password) {
        throw new IntegrationError({
          code: 'unauthenticated',
          message: 'The post office does not know the credential',
        });
      }
      this.#office.sendDue();
      return work(signal);
    });
  }
}

async function* inChunks(data: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < data.length; start += chunkBytes) yield data.slice(start, start + chunkBytes);
}
