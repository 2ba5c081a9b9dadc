export { analyticsIntegrationSpecs } from './analytics-integration-specs.ts';
export { posthogIntegrationSpec, registerPosthogIntegration } from './posthog.ts';
