export { mistralIntegrationSpec, registerMistralIntegration } from '@mortise/provider-llm/specs';
