import { type Static, Type } from '@mortise/core/schema';
import type { MessagingMessage } from '../model/message.ts';

const Instant = Type.String({ format: 'date-time' });

/** `MessageRef`. */
export const MessageRefSchema = Type.Object({
  channelId: Type.String({ minLength: 1 }),
  threadId: Type.Optional(Type.String({ minLength: 1 })),
  messageId: Type.String({ minLength: 1 }),
});

/** `MessagingAuthor`. */
export const MessagingAuthorSchema = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  isBot: Type.Boolean(),
  isSelf: Type.Boolean(),
});

/** `MessagingMessage` with its times as ISO 8601 text. */
export const MessagingMessageSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  ref: MessageRefSchema,
  author: MessagingAuthorSchema,
  text: Type.String(),
  sentAt: Instant,
  editedAt: Type.Optional(Instant),
  files: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.Optional(Type.String()),
        mediaType: Type.Optional(Type.String()),
        sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
        url: Type.Optional(Type.String({ format: 'uri' })),
      }),
    ),
  ),
});

/** A message as it crosses a process. */
export type PortableMessagingMessage = Static<typeof MessagingMessageSchema>;

/** A message for a queue or a log: its times become text. */
export function toPortableMessage({ sentAt, editedAt, files, ...rest }: MessagingMessage): PortableMessagingMessage {
  return {
    ...rest,
    sentAt: sentAt.toISOString(),
    ...(editedAt === undefined ? {} : { editedAt: editedAt.toISOString() }),
    ...(files === undefined ? {} : { files: files.map((file) => ({ ...file })) }),
  };
}

/** A message that came out of a queue, its times as dates again. */
export function fromPortableMessage({ sentAt, editedAt, ...rest }: PortableMessagingMessage): MessagingMessage {
  return {
    ...rest,
    sentAt: new Date(sentAt),
    ...(editedAt === undefined ? {} : { editedAt: new Date(editedAt) }),
  };
}
