export { deepgramIntegrationSpec, registerDeepgramIntegration } from '@mortise/provider-voice/specs';
