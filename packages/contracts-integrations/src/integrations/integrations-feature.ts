export { IntegrationsFeature } from '../compat/integrations-feature.ts';
