import type { IntegrationConnection, IntegrationSpec, ResolvedAppConfig } from '@mortise/core';
import { defineIntegration } from '@mortise/contracts-integrations/integrations/spec';

export const exampleSpec: IntegrationSpec = defineIntegration({
  meta: {
    key: 'ai-llm.example',
    version: '1.0.0',
    description: 'A model for tests',
    category: 'ai-llm',
    owners: ['@platform.ai'],
    tags: [],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.chat' }] },
  configSchema: { schema: { type: 'object' } },
  secretSchema: { schema: { type: 'object' } },
});

/** A config with one slot, `primary`, that the connection fills. */
export function configWith(
  connection: Partial<IntegrationConnection> = {},
  spec: IntegrationSpec = exampleSpec,
  slotId = 'primary',
): ResolvedAppConfig {
  return {
    appId: 'app-1',
    tenantId: 'tenant-1',
    blueprintName: 'blueprint',
    blueprintVersion: '1.0.0',
    configVersion: '3',
    integrations: [
      {
        slot: { slotId, requiredCategory: spec.meta.category },
        binding: { slotId, connectionId: 'conn-1' },
        spec,
        connection: { ...connectionOf(spec), ...connection },
      },
    ],
  };
}

export function connectionOf(spec: IntegrationSpec = exampleSpec): IntegrationConnection {
  return {
    meta: {
      id: 'conn-1',
      tenantId: 'tenant-1',
      integrationKey: spec.meta.key,
      integrationVersion: spec.meta.version,
      label: 'Example',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: new Date('2026-01-02T00:00:00.000Z'),
    },
    ownershipMode: 'managed',
    config: {},
    secretProvider: 'memory',
    secretRef: 'memory://key',
    status: 'connected',
  };
}
