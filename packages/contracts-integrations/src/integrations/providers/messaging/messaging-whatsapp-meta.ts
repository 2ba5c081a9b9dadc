export {
  messagingWhatsappMetaIntegrationSpec,
  registerMessagingWhatsappMetaIntegration,
} from '@mortise/provider-messaging/specs';
