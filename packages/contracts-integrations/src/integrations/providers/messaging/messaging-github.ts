export { messagingGithubIntegrationSpec, registerMessagingGithubIntegration } from '@mortise/provider-messaging/specs';
