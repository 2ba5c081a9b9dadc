export {
  mistralConversationalIntegrationSpec,
  registerMistralConversationalIntegration,
} from '@mortise/provider-voice/specs';
