export { mistralSttIntegrationSpec, registerMistralSttIntegration } from '@mortise/provider-voice/specs';
