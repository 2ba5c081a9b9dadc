export { messagingSlackIntegrationSpec, registerMessagingSlackIntegration } from '@mortise/provider-messaging/specs';
