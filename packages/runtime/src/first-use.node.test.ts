import { defineIntegration, IntegrationSpecRegistry } from '@mortise/core';
import { IntegrationCallGuard, resolveAppConfig } from '@mortise/runtime';
import { SecretProviderManager } from '@mortise/secrets';
import { EnvSecretProvider } from '@mortise/secrets-env';
import { describe, expect, it, vi } from 'vitest';

/** What an application that already has these calls writes, with nothing but the import names of its own. */
describe('code written for the established names', () => {
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

  const secretProvider = new SecretProviderManager({
    providers: [{ provider: new EnvSecretProvider(), priority: 100 }],
  });

  const guard = new IntegrationCallGuard(secretProvider);

  const { config: resolvedAppConfig } = resolveAppConfig({
    appId: 'shop',
    tenantId: 'acme',
    blueprint: { name: 'shop', version: '1.0.0', slots: [{ slotId: 'primary-llm', requiredCategory: 'payments' }] },
    configVersion: '1',
    bindings: [{ slotId: 'primary-llm', connectionId: 'c1' }],
    connections: [
      {
        meta: {
          id: 'c1',
          tenantId: 'acme',
          integrationKey: 'payments.example',
          integrationVersion: '1',
          label: 'Example',
          createdAt: '2026-01-01T00:00:00Z',
          updatedAt: '2026-01-01T00:00:00Z',
        },
        ownershipMode: 'managed',
        config: {},
        secretProvider: 'env',
        secretRef: 'env://FIRST_USE_KEY',
        status: 'connected',
      },
    ],
    specs: registry,
  });

  const input = { text: 'hi' };
  const llmAdapter = {
    chat: async (connection: { meta: { id: string } }, secrets: Record<string, string>, chatInput: { text: string }) =>
      `${connection.meta.id} ${Object.keys(secrets).join()} ${chatInput.text}`,
  };

  it('defines, registers and calls without a change', async () => {
    vi.stubEnv('FIRST_USE_KEY', '{"apiKey":"key_xxxxxxxx"}');
    const result = await guard.executeWithGuards(
      'primary-llm',
      'chat',
      {},
      resolvedAppConfig,
      async (connection, secrets) => {
        return llmAdapter.chat(connection, secrets, input);
      },
    );
    expect(result).toMatchObject({ success: true, data: 'c1 apiKey hi' });
  });

  it('finds the spec with a numeric version and gives the capability one', () => {
    expect(registry.get('payments.example')).toBe(spec);
    expect(registry.get('payments.example', 1)).toBe(spec);
    expect(spec).toMatchObject({
      meta: { version: '1', description: 'Example Payments', stability: 'stable' },
      capabilities: { provides: [{ key: 'payments.process', version: '1.0.0' }] },
    });
  });
});
