export { openWearablesIntegrationSpec, registerOpenWearablesIntegration } from '@mortise/provider-health/specs';
