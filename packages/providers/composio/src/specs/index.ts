export { composioIntegrationSpecs } from './composio-integration-specs.ts';
export { composioIntegrationSpec, registerComposioIntegration } from './composio.ts';
