export { powensIntegrationSpec, registerPowensIntegration } from '@mortise/provider-openbanking/specs';
