import type { CallOptions, Changes, Page } from '@mortise/core';
import type { EmailAttachmentContent } from './model/attachment.ts';
import type { EmailCapabilities } from './model/capabilities.ts';
import type { EmailDrafts, EmailFolder, EmailWatch, EmailWatchInput } from './model/mailbox.ts';
import type { EmailMessagesSincePage, EmailMessagesSinceQuery, EmailSearch } from './model/message-query.ts';
import type { EmailMessage, EmailMessageUpdate } from './model/message.ts';
import type { EmailThread, EmailThreadListQuery, EmailThreadPage } from './model/thread.ts';

/**
 * Reads a mailbox. The first three methods are required; `completeInbound` adds the others. Failures reject with core's
 * `IntegrationError`; `invalid_request` for a page token that this mailbox did not give out.
 */
export interface EmailInboundProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: EmailCapabilities;

  /** One page of threads, without a way to the next one: see `listThreadsPage`. */
  listThreads(query?: EmailThreadListQuery, options?: CallOptions): Promise<EmailThread[]>;

  /** A thread with its mails; null where there is none. */
  getThread(threadId: string, options?: CallOptions): Promise<EmailThread | null>;

  /** One page of mails, oldest first. */
  listMessagesSince(query: EmailMessagesSinceQuery, options?: CallOptions): Promise<EmailMessagesSincePage>;

  /** One page of threads and the way to the next. Mail that comes in meanwhile neither repeats nor hides a thread. */
  listThreadsPage?(query?: EmailThreadListQuery, options?: CallOptions): Promise<EmailThreadPage>;

  /** One mail; null where there is none. */
  getMessage?(messageId: string, options?: CallOptions): Promise<EmailMessage | null>;

  listMessages?(search: EmailSearch, options?: CallOptions): Promise<Page<EmailMessage>>;

  /** @throws {IntegrationError} `not_found` */
  updateMessage?(messageId: string, update: EmailMessageUpdate, options?: CallOptions): Promise<EmailMessage>;

  listFolders?(options?: CallOptions): Promise<EmailFolder[]>;

  /** Content of an attachment, piece by piece. @throws {IntegrationError} `not_found` */
  getAttachment?(messageId: string, attachmentId: string, options?: CallOptions): Promise<EmailAttachmentContent>;

  /** The mail as it came over the wire (RFC 5322). @throws {IntegrationError} `not_found` */
  getRawMime?(messageId: string, options?: CallOptions): Promise<Uint8Array>;

  readonly drafts?: EmailDrafts;

  /**
   * Mails that came, changed or went since a cursor was handed out. Absent: nothing but a cursor for now.
   *
   * @throws {IntegrationError} `cursor_expired`: the provider forgot; read everything again.
   */
  listChanges?(cursor?: string, options?: CallOptions): Promise<Changes<EmailMessage>>;

  watch?(input: EmailWatchInput, options?: CallOptions): Promise<EmailWatch>;

  /** Makes a watch last longer. The channel may be another one afterwards. */
  renewWatch?(watch: EmailWatch, options?: CallOptions): Promise<EmailWatch>;

  /** A watch that has ended is no error. */
  stopWatch?(watch: EmailWatch, options?: CallOptions): Promise<void>;
}
