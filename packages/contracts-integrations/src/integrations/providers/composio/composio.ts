export { composioIntegrationSpec, registerComposioIntegration } from '@mortise/provider-composio/specs';
