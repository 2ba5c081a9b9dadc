export type {
  MessagingDeliveryStatus,
  MessagingProvider,
  MessagingSendInput,
  MessagingSendResult,
  MessagingUpdateInput,
} from '@mortise/provider-messaging';
