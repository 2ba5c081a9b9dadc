export type {
  MessagingDeliveryStatus,
  MessagingProvider,
  MessagingSendInput,
  MessagingSendResult,
  MessagingUpdateInput,
} from '@mortise/provider-messaging';
export type {
  SeedMessagingDeliveryStatus,
  SeedMessagingProvider,
  SeedMessagingSendResult,
} from '@mortise/provider-messaging';
export { seedCompat } from '@mortise/provider-messaging';
