export { registerTldvIntegration, tldvIntegrationSpec } from '@mortise/provider-meeting-recorder/specs';
