export { firefliesIntegrationSpec, registerFirefliesIntegration } from '@mortise/provider-meeting-recorder/specs';
