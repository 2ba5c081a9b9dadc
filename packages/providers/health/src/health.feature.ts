import type { FeatureModuleSpec } from '@mortise/core';

const OPERATIONS = [
  'health.activities.list',
  'health.activities.sync',
  'health.workouts.list',
  'health.workouts.sync',
  'health.sleep.list',
  'health.sleep.sync',
  'health.biometrics.list',
  'health.biometrics.sync',
  'health.nutrition.list',
  'health.nutrition.sync',
  'health.webhooks.ingest',
];

/** The domain's operations as one feature. It names them; `./contracts` holds them. */
export const HealthFeature: FeatureModuleSpec = Object.freeze({
  meta: Object.freeze({
    version: '1.0.0',
    key: 'health',
    title: 'Health Integrations',
    description: 'Lists and syncs health data, and takes in what vendors deliver.',
    domain: 'integrations',
    stability: 'experimental',
    owners: Object.freeze(['@platform.integrations']),
    tags: Object.freeze(['health', 'wearables', 'integrations']),
  }),
  operations: Object.freeze(OPERATIONS.map((key) => Object.freeze({ key, version: '1.0.0' }))),
  events: Object.freeze([]),
  presentations: Object.freeze([]),
  opToPresentation: Object.freeze([]),
  presentationsTargets: Object.freeze([]),
  capabilities: Object.freeze({
    provides: Object.freeze([Object.freeze({ key: 'health', version: '1.0.0' })]),
    requires: Object.freeze([Object.freeze({ key: 'identity', version: '1.0.0' })]),
  }),
} satisfies FeatureModuleSpec);
