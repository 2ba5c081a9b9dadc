import type { IntegrationSpec } from '@mortise/core';
import { powensIntegrationSpec } from './powens.ts';

/** Every open-banking spec that is shipped. */
export const openbankingIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([powensIntegrationSpec]);
