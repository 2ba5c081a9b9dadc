export { gradiumIntegrationSpec, registerGradiumIntegration } from '@mortise/provider-voice/specs';
