import type { IntegrationSpec } from '@mortise/core';
import { stripeIntegrationSpec } from './stripe.ts';

/** Every payments spec that is shipped. */
export const paymentsIntegrationSpecs: readonly IntegrationSpec[] = Object.freeze([stripeIntegrationSpec]);
