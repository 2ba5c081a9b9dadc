export { MessagingCardSchema, type PortableMessagingCard } from './card-schema.ts';
export {
  fromPortableEvent,
  MessagingEventSchema,
  type PortableMessagingEvent,
  toPortableEvent,
} from './event-schema.ts';
export {
  fromPortableMessage,
  MessageRefSchema,
  MessagingMessageSchema,
  type PortableMessagingMessage,
  toPortableMessage,
} from './message-schema.ts';
