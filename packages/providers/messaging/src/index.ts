export type { MessagingButton, MessagingCard, MessagingCardElement, MessagingSelect } from './model/card.ts';
export type { MessagingCapabilities, MessagingFeature, MessagingMethod } from './model/capabilities.ts';
export type { MessagingDeliveryStatus } from './model/delivery-status.ts';
export type { MessagingEvent } from './model/event.ts';
export type { MessagingContent, MessagingTemplate } from './model/message-content.ts';
export type { MessageAddress, MessageRef } from './model/message-ref.ts';
export { decodeMessageRef, encodeMessageRef, toMessageRef } from './model/message-ref.ts';
export type {
  MessagingAuthor,
  MessagingChannel,
  MessagingFile,
  MessagingMessage,
  MessagingUser,
} from './model/message.ts';
export type { MessagingSendInput, MessagingTarget, MessagingUpdateInput } from './model/send-input.ts';
export type { MessagingSendResult } from './model/send-result.ts';

export type {
  ListChannelsQuery,
  ListMessagesQuery,
  MessagingHandshakeAnswer,
  MessagingHandshakeRequest,
  MessagingModal,
  MessagingProvider,
  MessagingStreamOptions,
} from './messaging-provider.ts';
export type { CompleteMessagingProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { StreamClock } from './stream-message.ts';
export { streamMessage } from './stream-message.ts';
export type { SeedMessagingDeliveryStatus, SeedMessagingProvider, SeedMessagingSendResult } from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';

export type { PortableMessagingCard, PortableMessagingEvent, PortableMessagingMessage } from './schema/index.ts';
export {
  fromPortableEvent,
  fromPortableMessage,
  MessageRefSchema,
  MessagingCardSchema,
  MessagingEventSchema,
  MessagingMessageSchema,
  toPortableEvent,
  toPortableMessage,
} from './schema/index.ts';
