export { openaiImageIntegrationSpec, registerOpenaiImageIntegration } from '@mortise/provider-image/specs';
