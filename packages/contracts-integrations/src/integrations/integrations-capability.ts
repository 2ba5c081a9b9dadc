export { IntegrationsCapability } from '../compat/integrations-capability.ts';
