import type { IntegrationSpec } from '@mortise/core';
import { mistralIntegrationSpec } from './mistral.ts';

/** Every language-model spec that is shipped. */
export const llmIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([mistralIntegrationSpec]);
