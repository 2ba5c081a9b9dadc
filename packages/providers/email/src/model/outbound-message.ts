import type { JsonValue } from '@mortise/core';
import type { EmailAddress } from './address.ts';
import type { EmailAttachment } from './attachment.ts';

/** How a receiver leaves a list, for the `List-Unsubscribe` headers (RFC 2369, RFC 8058). At least one of the two ways. */
export interface EmailUnsubscribe {
  /** Address of a page, or of the one-click endpoint. */
  url?: string;
  /** Mailbox to write to. */
  mailto?: string;
  /** True: a POST to `url` is enough. Default false. */
  oneClick?: boolean;
}

/**
 * A mail to send: at least one body, or a template. What a provider cannot honour it reports in the result's
 * `warnings` by field name, or refuses; nothing is dropped silently. A call is made safe to repeat by
 * `CallOptions.idempotencyKey`.
 */
export interface EmailOutboundMessage {
  from: EmailAddress;
  to: EmailAddress[];
  cc?: EmailAddress[];
  /** Receivers that no other receiver sees. */
  bcc?: EmailAddress[];
  replyTo?: EmailAddress;
  /** Several mailboxes for replies; goes before `replyTo`. */
  replyToList?: EmailAddress[];
  /** Who hands the mail in on behalf of `from`. */
  sender?: EmailAddress;
  /** One line. A line break is refused, as in every header. */
  subject: string;
  textBody?: string;
  htmlBody?: string;
  /** Body in AMP for Email, besides the others. */
  ampBody?: string;
  /** Further header fields by name. */
  headers?: Record<string, string>;
  /** The sender's own labels; the provider keeps them and receivers do not see them. */
  metadata?: Record<string, string>;
  attachments?: EmailAttachment[];
  /** `Message-ID` of the mail that is answered, angle brackets included. */
  inReplyTo?: string;
  /** `Message-ID`s of the conversation, oldest first, angle brackets included. */
  references?: string[];
  /** The provider's thread to put the sent mail into. */
  threadId?: string;
  /** When to send. Absent or past: at once. */
  sendAt?: Date;
  /** Words under which the provider counts, such as `welcome`. */
  tags?: string[];
  /** A template that is stored at the provider; takes the place of bodies. */
  templateId?: string;
  templateData?: Record<string, JsonValue>;
  /** Kind of mail, where the provider keeps them apart. Absent: the connection's default. */
  stream?: 'transactional' | 'broadcast';
  /** Whether opens and clicks are to be recorded. Absent: the provider's setting. */
  tracking?: { opens?: boolean; links?: boolean };
  unsubscribe?: EmailUnsubscribe;
}
