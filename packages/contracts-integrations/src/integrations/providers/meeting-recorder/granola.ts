export { granolaIntegrationSpec, registerGranolaIntegration } from '@mortise/provider-meeting-recorder/specs';
