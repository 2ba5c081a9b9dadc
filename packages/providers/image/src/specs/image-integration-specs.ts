import type { IntegrationSpec } from '@mortise/core';
import { falImageIntegrationSpec } from './fal-image.ts';
import { openaiImageIntegrationSpec } from './openai-image.ts';

/** Every image spec that is shipped. */
export const imageIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([
  openaiImageIntegrationSpec,
  falImageIntegrationSpec,
]);
