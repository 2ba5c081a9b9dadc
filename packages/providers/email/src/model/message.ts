import type { ResultMeta } from '@mortise/core';
import type { EmailAddress } from './address.ts';
import type { EmailAttachment } from './attachment.ts';

/** One header field. */
export interface EmailHeader {
  name: string;
  value: string;
}

export interface EmailMessageFlags {
  read: boolean;
  starred: boolean;
  draft: boolean;
  answered: boolean;
}

/** A mail in a mailbox. */
export interface EmailMessage extends ResultMeta {
  id: string;
  threadId: string;
  /** Absent: the mail has none. */
  subject?: string;
  textBody?: string;
  htmlBody?: string;
  /** `textBody` without quoted replies and signature, where the provider or adapter can tell. */
  visibleText?: string;
  from: EmailAddress;
  to: EmailAddress[];
  cc?: EmailAddress[];
  /** Only on mail of one's own. */
  bcc?: EmailAddress[];
  replyTo?: EmailAddress;
  replyToList?: EmailAddress[];
  /** The `Date` header. Where a mail has none it is the time of receipt, and a warning names `sentAt`. */
  sentAt: Date;
  receivedAt?: Date;
  attachments?: EmailAttachment[];
  /** By name; of repeated fields the last. `headerList` has them all. */
  headers?: Record<string, string>;
  /** Every header field in order, repetitions included. */
  headerList?: EmailHeader[];
  metadata?: Record<string, string>;
  /** `Message-ID`, angle brackets included, as in the next two. */
  messageIdHeader?: string;
  inReplyTo?: string;
  references?: string[];
  flags?: EmailMessageFlags;
  /** Ids of the folders that hold the mail. */
  folders?: string[];
  /** Ids of labels on the mail. */
  labels?: string[];
  /** First words of the body. */
  snippet?: string;
  sizeBytes?: number;
  /** True where a program sent it (`Auto-Submitted`, RFC 3834): do not answer it automatically. */
  autoSubmitted?: boolean;
}

/** What `updateMessage` changes. What is absent stays as it is. */
export interface EmailMessageUpdate {
  readonly read?: boolean;
  readonly starred?: boolean;
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
  /** Moves the mail there. */
  readonly folder?: string;
}
