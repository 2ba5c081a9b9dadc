export { messagingGithubIntegrationSpec, registerMessagingGithubIntegration } from './messaging-github.ts';
export { messagingIntegrationSpecs } from './messaging-integration-specs.ts';
export { messagingSlackIntegrationSpec, registerMessagingSlackIntegration } from './messaging-slack.ts';
export { messagingTelegramIntegrationSpec, registerMessagingTelegramIntegration } from './messaging-telegram.ts';
export {
  messagingWhatsappMetaIntegrationSpec,
  registerMessagingWhatsappMetaIntegration,
} from './messaging-whatsapp-meta.ts';
export {
  messagingWhatsappTwilioIntegrationSpec,
  registerMessagingWhatsappTwilioIntegration,
} from './messaging-whatsapp-twilio.ts';
