export { llmIntegrationSpecs } from './llm-integration-specs.ts';
export { mistralIntegrationSpec, registerMistralIntegration } from './mistral.ts';
