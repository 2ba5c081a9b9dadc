export { llmIntegrationSpecs } from './llm-integration-specs.ts';
export { anthropicIntegrationSpec, registerAnthropicIntegration } from './anthropic.ts';
export { googleGeminiIntegrationSpec, registerGoogleGeminiIntegration } from './google-gemini.ts';
export { mistralIntegrationSpec, registerMistralIntegration } from './mistral.ts';
export { openaiIntegrationSpec, registerOpenaiIntegration } from './openai.ts';
