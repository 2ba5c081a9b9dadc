import { type Static, Type } from '@mortise/core/schema';
import type { MessagingEvent } from '../model/event.ts';
import {
  fromPortableMessage,
  MessageRefSchema,
  MessagingAuthorSchema,
  MessagingMessageSchema,
  toPortableMessage,
} from './message-schema.ts';

const base = {
  providerEventId: Type.String({ minLength: 1 }),
  author: MessagingAuthorSchema,
  at: Type.String({ format: 'date-time' }),
  ref: MessageRefSchema,
};
const triggerId = Type.Optional(Type.String());

/** `MessagingEvent` with its times as ISO 8601 text. */
export const MessagingEventSchema = Type.Union([
  Type.Object({
    ...base,
    type: Type.Union([Type.Literal('message'), Type.Literal('bot_mentioned')]),
    message: MessagingMessageSchema,
  }),
  Type.Object({
    ...base,
    type: Type.Literal('message_updated'),
    message: MessagingMessageSchema,
    previous: Type.Optional(Type.String()),
  }),
  Type.Object({ ...base, type: Type.Literal('message_deleted') }),
  Type.Object({
    ...base,
    type: Type.Union([Type.Literal('reaction_added'), Type.Literal('reaction_removed')]),
    emoji: Type.String({ minLength: 1 }),
  }),
  Type.Object({
    ...base,
    type: Type.Literal('action'),
    actionId: Type.String({ minLength: 1 }),
    value: Type.Optional(Type.String()),
    triggerId,
  }),
  Type.Object({ ...base, type: Type.Literal('command'), command: Type.String(), text: Type.String(), triggerId }),
  Type.Object({
    ...base,
    type: Type.Literal('modal_submitted'),
    modalId: Type.String(),
    values: Type.Record(Type.String(), Type.String()),
  }),
  Type.Object({ ...base, type: Type.Literal('member_joined') }),
  Type.Object({ ...base, type: Type.Literal('unknown'), rawType: Type.String() }),
]);

/** An event as it crosses a process. */
export type PortableMessagingEvent = Static<typeof MessagingEventSchema>;

/** An event for a queue: its times become text. */
export function toPortableEvent(event: MessagingEvent): PortableMessagingEvent {
  const at = event.at.toISOString();
  switch (event.type) {
    case 'message':
    case 'bot_mentioned':
    case 'message_updated':
      return { ...event, at, message: toPortableMessage(event.message) };
    case 'modal_submitted':
      return { ...event, at, values: { ...event.values } };
    default:
      return { ...event, at };
  }
}

/** An event that came out of a queue, its times as dates again. */
export function fromPortableEvent(event: PortableMessagingEvent): MessagingEvent {
  const at = new Date(event.at);
  switch (event.type) {
    case 'message':
    case 'bot_mentioned':
    case 'message_updated':
      return { ...event, at, message: fromPortableMessage(event.message) };
    default:
      return { ...event, at };
  }
}
