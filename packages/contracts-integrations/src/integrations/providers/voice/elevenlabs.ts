export { elevenLabsIntegrationSpec, registerElevenLabsIntegration } from '@mortise/provider-voice/specs';
