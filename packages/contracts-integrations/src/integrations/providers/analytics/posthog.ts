export { posthogIntegrationSpec, registerPosthogIntegration } from '@mortise/provider-analytics/specs';
