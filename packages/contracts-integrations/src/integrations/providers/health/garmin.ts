export { garminIntegrationSpec, registerGarminIntegration } from '@mortise/provider-health/specs';
