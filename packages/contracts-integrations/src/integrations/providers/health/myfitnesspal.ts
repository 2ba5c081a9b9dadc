export { myFitnessPalIntegrationSpec, registerMyFitnessPalIntegration } from '@mortise/provider-health/specs';
