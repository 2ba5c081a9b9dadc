import { OperationSpecRegistry } from '@mortise/core/operations';
import {
  CreateIntegrationConnection,
  DeleteIntegrationConnection,
  integrationContracts,
  ListIntegrationConnections,
  registerIntegrationContracts,
  TestIntegrationConnection,
  UpdateIntegrationConnection,
} from '@mortise/contracts-integrations/integrations/operations';
import { describe, expect, it } from 'vitest';

describe('the connection operations', () => {
  const operations = [
    [CreateIntegrationConnection, 'create', 'Create Integration Connection', 'command', 'manage'],
    [UpdateIntegrationConnection, 'update', 'Update Integration Connection', 'command', 'manage'],
    [DeleteIntegrationConnection, 'delete', 'Delete Integration Connection', 'command', 'manage'],
    [ListIntegrationConnections, 'list', 'List Integration Connections', 'query', 'read'],
    [TestIntegrationConnection, 'test', 'Test Integration Connection', 'command', 'manage'],
  ] as const;

  it('are registered as they are, in their order, and the registry is returned', () => {
    const registry = new OperationSpecRegistry();
    expect(registerIntegrationContracts(registry)).toBe(registry);
    expect(registry.list()).toEqual(operations.map(([operation]) => operation));
    for (const [operation, name] of operations) {
      expect(registry.get(`integrations.connection.${name}`, '1.0.0')).toBe(operation);
    }
  });

  it.each(operations)('%#: keep their identity and who may call them', (...row) => {
    const [operation, name, title, kind, policy] = row;
    expect(operation.meta).toMatchObject({
      key: `integrations.connection.${name}`,
      version: '1.0.0',
      title,
      kind,
      stability: 'experimental',
      owners: ['@platform.integrations'],
      tags: ['integration', 'connections'],
    });
    expect(operation.policy).toMatchObject({
      auth: 'admin',
      policies: [{ key: `platform.integration.${policy}`, version: '1.0.0' }],
    });
  });

  it('are found by their export names', () => {
    expect(integrationContracts).toEqual({
      CreateIntegrationConnection,
      UpdateIntegrationConnection,
      DeleteIntegrationConnection,
      ListIntegrationConnections,
      TestIntegrationConnection,
    });
  });
});
