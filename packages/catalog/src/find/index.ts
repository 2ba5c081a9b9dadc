export { findIntegrationSpec } from './find-integration-spec.ts';
