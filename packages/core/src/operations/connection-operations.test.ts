import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { IntegrationConnection } from '../connection/connection.ts';
import type { IntegrationConnectionRecord } from './connection-models.ts';
import {
  CreateIntegrationConnection,
  DeleteIntegrationConnection,
  integrationContracts,
  ListIntegrationConnections,
  registerIntegrationContracts,
  TestIntegrationConnection,
  UpdateIntegrationConnection,
} from './connection-operations.ts';
import { maskSecretRef, toIntegrationConnectionRecord } from './connection-record.ts';
import type { OperationContext } from './operation-context.ts';
import { OperationSpecRegistry } from './operation-registry.ts';

const connection: IntegrationConnection = {
  meta: {
    id: 'c1',
    tenantId: 't1',
    integrationKey: 'ai-llm.mistral',
    integrationVersion: '1.0.0',
    label: 'Mistral',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    updatedAt: '2026-01-02T00:00:00Z',
  },
  ownershipMode: 'byok',
  config: { model: 'mistral-large' },
  secretProvider: 'vault',
  secretRef: 'vault://tenants/t1/canary-path?version=3',
  status: 'connected',
  health: { status: 'connected', checkedAt: new Date('2026-01-03T00:00:00Z'), latencyMs: 12.5 },
  usage: { requestCount: 3, lastUsed: new Date('2026-01-04T00:00:00Z') },
  authMethod: 'bearer',
  oauth2State: { accessToken: 'canary-access-token', refreshToken: 'canary-refresh-token', tokenType: 'Bearer' },
  byokKeyMetadata: { createdAt: '2026-01-01T00:00:00Z', validationStatus: 'valid', expiresAt: '2027-01-01T00:00:00Z' },
};

const create = {
  tenantId: 't1',
  integrationKey: 'ai-llm.mistral',
  integrationVersion: '1.0.0',
  label: 'Mistral',
  ownershipMode: 'managed',
  secretProvider: 'env',
  secretRef: 'env://MISTRAL_API_KEY',
  config: {},
};

const context: OperationContext = { actor: 'admin', tenantId: 't1', decide: () => ({ effect: 'allow' }) };

/** A host whose handlers return the stored connection, its secret reference unmasked. */
function makeHost() {
  const seen: unknown[] = [];
  const raw: IntegrationConnectionRecord = {
    ...toIntegrationConnectionRecord(connection),
    secretRef: connection.secretRef,
  };
  /** Keeps what the handler was given. */
  const keeping =
    <Output>(output: Output) =>
    (input: unknown): Output => {
      seen.push(input);
      return output;
    };
  const registry = registerIntegrationContracts(new OperationSpecRegistry())
    .bind(CreateIntegrationConnection, keeping(raw))
    .bind(UpdateIntegrationConnection, keeping(raw))
    .bind(DeleteIntegrationConnection, keeping({ success: true }))
    .bind(ListIntegrationConnections, keeping({ connections: [raw], hasMore: false }))
    .bind(TestIntegrationConnection, keeping({ success: true, status: 'connected', latencyMs: 5 }));
  const codeOf = async (name: string, input: unknown, given: OperationContext = context) => {
    const result = await registry.executeResult(`integrations.connection.${name}`, '1.0.0', input, given);
    return result.ok ? 'ok' : result.error.code;
  };
  return { registry, seen, codeOf };
}

describe('contracts', () => {
  it('registers the five by identity, in order, and returns the registry', () => {
    const registry = new OperationSpecRegistry();
    expect(registerIntegrationContracts(registry)).toBe(registry);
    expect(registry.list()).toEqual(Object.values(integrationContracts));
    for (const contract of Object.values(integrationContracts)) {
      expect(registry.get(contract.meta.key, contract.meta.version)).toBe(contract);
    }
    expect(() => registerIntegrationContracts(registry)).toThrow(/^Duplicate contract/);
  });

  it.each([
    ['CreateIntegrationConnection', 'create', 'Create Integration Connection', 'command', 'manage'],
    ['UpdateIntegrationConnection', 'update', 'Update Integration Connection', 'command', 'manage'],
    ['DeleteIntegrationConnection', 'delete', 'Delete Integration Connection', 'command', 'manage'],
    ['ListIntegrationConnections', 'list', 'List Integration Connections', 'query', 'read'],
    ['TestIntegrationConnection', 'test', 'Test Integration Connection', 'command', 'manage'],
  ] as const)('%s is known by its key, title, kind and policy', (...[name, verb, title, kind, policy]) => {
    const contract = integrationContracts[name];
    expect(contract.meta).toMatchObject({
      key: `integrations.connection.${verb}`,
      version: '1.0.0',
      title,
      kind,
      stability: 'experimental',
      owners: ['@platform.integrations'],
      tags: ['integration', 'connections'],
    });
    expect(contract.policy).toMatchObject({
      auth: 'admin',
      tenantScoped: true,
      idempotent: verb !== 'create',
      policies: [{ key: `platform.integration.${policy}`, version: '1.0.0' }],
    });
  });
});

describe('input', () => {
  it.each(['1.0.0', 1])('takes the integration version as %j', async (integrationVersion) => {
    expect(await makeHost().codeOf('create', { ...create, integrationVersion })).toBe('ok');
  });

  it.each<[string, unknown]>([
    ['create', { ...create, integrationVersion: 1.5 }],
    ['create', { ...create, integrationVersion: '' }],
    ['create', { ...create, ownershipMode: 'shared' }],
    ['create', { ...create, label: '' }],
    ['create', { ...create, tenantId: '' }],
    ['create', { ...create, secretRef: '' }],
    ['create', { ...create, authMethod: 'magic' }],
    ['create', { ...create, activeTransport: 'pigeon' }],
    ['create', { ...create, idempotencyKey: 'k'.repeat(256) }],
    ['create', { ...create, status: 'connected' }],
    ['create', { ...create, apiKey: 'oops' }],
    ['update', { connectionId: '' }],
    ['update', { connectionId: 'c1', status: 'connected' }],
    ['update', { connectionId: 'c1', secretProvider: 'vault' }],
    ['update', { connectionId: 'c1', expectedUpdatedAt: 'yesterday' }],
    ['update', { connectionId: 'c1', label: null }],
    ['delete', {}],
    ['list', { tenantId: 't1', status: 'fine' }],
    ['list', { tenantId: 't1', pageSize: 0 }],
    ['list', { tenantId: 't1', pageSize: -1 }],
    ['list', { tenantId: 't1', pageSize: 201 }],
    ['list', { tenantId: 't1', pageSize: 1.5 }],
    ['list', { tenantId: 't1', cursor: '' }],
    ['test', { connectionId: 'c1', timeoutMs: 0 }],
  ])('%s refuses %j', async (name, input) => {
    const { codeOf, seen } = makeHost();
    expect(await codeOf(name, input)).toBe('INVALID_INPUT');
    expect(seen).toEqual([]);
  });

  it.each<[string, unknown]>([
    [
      'create',
      { ...create, authMethod: 'api-key', activeTransport: 'rest', apiVersion: '2024-01', idempotencyKey: 'k' },
    ],
    ['update', { connectionId: 'c1', status: 'disconnected' }],
    ['update', { connectionId: 'c1', secretProvider: 'vault', secretRef: 'vault://x' }],
    ['update', { connectionId: 'c1', apiVersion: null, authMethod: null, environment: null }],
    ['update', { connectionId: 'c1', tenantId: 't1', expectedUpdatedAt: new Date(0) }],
    ['delete', { connectionId: 'c1', tenantId: 't1', expectedUpdatedAt: '2026-01-02T00:00:00Z' }],
    ['list', { tenantId: 't1', category: 'ai-llm', status: 'error', pageSize: 200, cursor: 'next' }],
    ['test', { connectionId: 'c1' }],
  ])('%s accepts %j', async (name, input) => {
    expect(await makeHost().codeOf(name, input)).toBe('ok');
  });
});

describe('tenant walls', () => {
  it.each<[string, Record<string, unknown>]>([
    ['create', create],
    ['update', { connectionId: 'c1' }],
    ['delete', { connectionId: 'c1' }],
    ['list', { tenantId: 't1' }],
    ['test', { connectionId: 'c1' }],
  ])('%s runs for the tenant of the caller only', async (name, input) => {
    const { codeOf, seen } = makeHost();
    expect(await codeOf(name, { ...input, tenantId: 't2' })).toBe('TENANT_MISMATCH');
    expect(await codeOf(name, { ...input, tenantId: 't1' }, { ...context, tenantId: 't2' })).toBe('TENANT_MISMATCH');
    expect(await codeOf(name, input, { actor: 'admin', decide: () => ({ effect: 'allow' }) })).toBe('TENANT_REQUIRED');
    expect(await codeOf(name, { ...input, tenantId: 't1' }, { ...context, actor: 'user' })).toBe('FORBIDDEN');
    expect(seen).toEqual([]);
    expect(await codeOf(name, { ...input, tenantId: 't1' })).toBe('ok');
  });
});

describe('output', () => {
  it.each<[string, Record<string, unknown>]>([
    ['create', create],
    ['update', { connectionId: 'c1' }],
    ['list', { tenantId: 't1' }],
  ])('%s masks the secret reference even if the handler did not', async (name, input) => {
    const output = await makeHost().registry.execute(`integrations.connection.${name}`, undefined, input, context);
    expect(JSON.stringify(output)).toContain('vault://[redacted]');
    expect(JSON.stringify(output)).not.toContain('canary-path');
  });

  it('makes a record of a connection without tokens, with times as text', () => {
    const record = toIntegrationConnectionRecord(connection);
    expect(record).toEqual({
      id: 'c1',
      tenantId: 't1',
      integrationKey: 'ai-llm.mistral',
      integrationVersion: '1.0.0',
      label: 'Mistral',
      ownershipMode: 'byok',
      secretProvider: 'vault',
      secretRef: 'vault://[redacted]',
      status: 'connected',
      config: { model: 'mistral-large' },
      authMethod: 'bearer',
      healthStatus: 'connected',
      healthCheckedAt: '2026-01-03T00:00:00.000Z',
      healthLatencyMs: 12.5,
      usageRequestCount: 3,
      usageLastUsedAt: '2026-01-04T00:00:00.000Z',
      byokValidationStatus: 'valid',
      byokExpiresAt: '2027-01-01T00:00:00Z',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00Z',
    });
    expect(inspect(record)).not.toContain('canary');
  });

  it('refuses to make a record of a connection that none can hold', () => {
    const broken = { ...connection, health: { status: 'connected', latencyMs: -1 } } as const;
    expect(() => toIntegrationConnectionRecord(broken)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONNECTION_RECORD',
        message: expect.stringContaining('/healthLatencyMs'),
      }),
    );
  });

  it.each([
    ['env://NAME', 'env://[redacted]'],
    ['aws-secret-manager://a/b?c=d', 'aws-secret-manager://[redacted]'],
    ['no scheme at all', '[redacted]'],
    ['://x', '[redacted]'],
    ['', '[redacted]'],
  ])('masks %j as %j', (reference, masked) => {
    expect(maskSecretRef(reference)).toBe(masked);
    expect(maskSecretRef(masked)).toBe(masked);
  });
});
