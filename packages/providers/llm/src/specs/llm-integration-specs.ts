import type { IntegrationSpec } from '@mortise/core';
import { anthropicIntegrationSpec } from './anthropic.ts';
import { googleGeminiIntegrationSpec } from './google-gemini.ts';
import { mistralIntegrationSpec } from './mistral.ts';
import { openaiIntegrationSpec } from './openai.ts';

/** Every language-model spec that is shipped. */
export const llmIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  mistralIntegrationSpec,
  openaiIntegrationSpec,
  anthropicIntegrationSpec,
  googleGeminiIntegrationSpec,
]);
