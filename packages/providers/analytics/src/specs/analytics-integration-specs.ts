import type { IntegrationSpec } from '@mortise/core';
import { posthogIntegrationSpec } from './posthog.ts';

/** Every analytics spec that is shipped. */
export const analyticsIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([posthogIntegrationSpec]);
