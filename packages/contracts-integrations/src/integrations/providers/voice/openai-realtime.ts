export { openaiRealtimeIntegrationSpec, registerOpenaiRealtimeIntegration } from '@mortise/provider-voice/specs';
