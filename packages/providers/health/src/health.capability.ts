import type { CapabilitySpec } from '@mortise/core';

/** What a host gains with this domain. What one provider can do has keys of its own, such as `health.sleep.read`. */
export const HealthCapability: CapabilitySpec = Object.freeze({
  meta: Object.freeze({
    version: '1.0.0',
    key: 'health',
    kind: 'integration',
    title: 'Health and Wearables',
    description: 'Reads activities, workouts, sleep, measurements and nutrition of people who agreed to it.',
    stability: 'experimental',
    owners: Object.freeze(['@platform.integrations']),
    tags: Object.freeze(['health', 'wearables', 'integrations']),
  }),
} satisfies CapabilitySpec);

/** Keys of what a health provider may provide, at version `1.0.0`. */
export const HEALTH_CAPABILITY_KEYS = [
  'health.activities.read',
  'health.workouts.read',
  'health.sleep.read',
  'health.biometrics.read',
  'health.nutrition.read',
  'health.webhooks',
] as const;
