export { linearIntegrationSpec, registerLinearIntegration } from '@mortise/provider-project-management/specs';
