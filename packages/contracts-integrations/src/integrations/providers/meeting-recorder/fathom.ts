export { fathomIntegrationSpec, registerFathomIntegration } from '@mortise/provider-meeting-recorder/specs';
