import type { IntegrationSpec } from '@mortise/core';
import { composioIntegrationSpec } from './composio.ts';

/** Every tool-gateway spec that is shipped. */
export const composioIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([composioIntegrationSpec]);
