import type { IntegrationConnection, ResolvedAppConfig } from '@mortise/core';
import { defineIntegration } from '@mortise/contracts-integrations/integrations/spec';

/** What the examples leave to the reader: an application config, an adapter and the input of a call. */
const spec = defineIntegration({
  meta: {
    key: 'ai-llm.example',
    version: '1.0.0',
    title: 'Example model',
    description: 'A model for examples',
    category: 'ai-llm',
    stability: 'experimental',
    owners: ['@platform.ai'],
    tags: ['ai'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.chat', version: '1.0.0' }] },
  configSchema: { schema: { type: 'object' } },
  secretSchema: { schema: { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] } },
});

export const resolvedAppConfig: ResolvedAppConfig = {
  appId: 'example-app',
  tenantId: 'tenant-1',
  blueprintName: 'example',
  blueprintVersion: '1.0.0',
  configVersion: '7',
  integrations: [
    {
      slot: { slotId: 'primary-llm', requiredCategory: 'ai-llm' },
      binding: { slotId: 'primary-llm', connectionId: 'conn-1' },
      spec,
      connection: {
        meta: {
          id: 'conn-1',
          tenantId: 'tenant-1',
          integrationKey: 'ai-llm.example',
          integrationVersion: '1.0.0',
          label: 'Our model',
          createdAt: '2026-01-01T00:00:00.000Z',
          updatedAt: '2026-01-01T00:00:00.000Z',
        },
        ownershipMode: 'byok',
        config: {},
        secretProvider: 'env',
        secretRef: 'vault://examples/llm-key',
        status: 'connected',
      },
    },
  ],
};

export const input = { prompt: 'Hello' };

export const llmAdapter = {
  async chat(connection: IntegrationConnection, secrets: Record<string, string>, request: typeof input) {
    return {
      text: `${request.prompt} from ${connection.meta.label}`,
      hasKey: secrets['apiKey'] === 'key-of-the-example',
    };
  },
};
