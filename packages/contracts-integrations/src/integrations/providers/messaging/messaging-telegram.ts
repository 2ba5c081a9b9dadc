export {
  messagingTelegramIntegrationSpec,
  registerMessagingTelegramIntegration,
} from '@mortise/provider-messaging/specs';
