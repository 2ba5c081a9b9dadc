export { falIntegrationSpec, registerFalIntegration } from '@mortise/provider-voice/specs';
