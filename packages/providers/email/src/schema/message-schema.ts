import { type Static, Type } from '@mortise/core/schema';
import { EmailAddressSchema, EmailAttachmentSchema, Instant, Labels, Texts, Warnings } from './parts.ts';

const Addresses = Type.Array(EmailAddressSchema);

/** `EmailMessage` as it crosses a process: instants are ISO 8601 text, contents of attachments and `raw` stay behind. */
export const EmailMessageSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  threadId: Type.String({ minLength: 1 }),
  subject: Type.Optional(Type.String()),
  textBody: Type.Optional(Type.String()),
  htmlBody: Type.Optional(Type.String()),
  visibleText: Type.Optional(Type.String()),
  from: EmailAddressSchema,
  to: Addresses,
  cc: Type.Optional(Addresses),
  bcc: Type.Optional(Addresses),
  replyTo: Type.Optional(EmailAddressSchema),
  replyToList: Type.Optional(Addresses),
  sentAt: Instant,
  receivedAt: Type.Optional(Instant),
  attachments: Type.Optional(Type.Array(EmailAttachmentSchema)),
  headers: Type.Optional(Labels),
  headerList: Type.Optional(Type.Array(Type.Object({ name: Type.String(), value: Type.String() }))),
  metadata: Type.Optional(Labels),
  messageIdHeader: Type.Optional(Type.String()),
  inReplyTo: Type.Optional(Type.String()),
  references: Type.Optional(Texts),
  flags: Type.Optional(
    Type.Object({ read: Type.Boolean(), starred: Type.Boolean(), draft: Type.Boolean(), answered: Type.Boolean() }),
  ),
  folders: Type.Optional(Texts),
  labels: Type.Optional(Texts),
  snippet: Type.Optional(Type.String()),
  sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  autoSubmitted: Type.Optional(Type.Boolean()),
  requestId: Type.Optional(Type.String()),
  warnings: Type.Optional(Warnings),
});

/** What `JSON.parse(JSON.stringify(message))` gives for a message without contents of attachments. */
export type PortableEmailMessage = Static<typeof EmailMessageSchema>;
