export { pelotonIntegrationSpec, registerPelotonIntegration } from '@mortise/provider-health/specs';
