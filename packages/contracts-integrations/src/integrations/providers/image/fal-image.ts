export { falImageIntegrationSpec, registerFalImageIntegration } from '@mortise/provider-image/specs';
