export {
  messagingWhatsappTwilioIntegrationSpec,
  registerMessagingWhatsappTwilioIntegration,
} from '@mortise/provider-messaging/specs';
