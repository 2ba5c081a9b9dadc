import { defineIntegration, IntegrationSpecRegistry } from '@mortise/contracts-integrations';
const registry = new IntegrationSpecRegistry();
const spec = defineIntegration({
  meta: {
    key: 'payments.example',
    version: 1,
    title: 'Example Payments',
    owners: ['@platform.integrations'],
    tags: ['payments'],
    category: 'payments',
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [{ key: 'payments.process' }],
  },
  configSchema: {
    schema: { type: 'object' },
  },
  secretSchema: {
    schema: { type: 'object' },
  },
});
registry.register(spec);

export { registry, spec };
