import { type AppIntegrationSlot, IntegrationSpecRegistry } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { type ApplicationParts, CHAT_SPEC, integrationOf } from '../__fixtures__/application.ts';
import { resolveAppConfig, type ResolveAppConfigInput } from './resolve-app-config.ts';

const specs = new IntegrationSpecRegistry([CHAT_SPEC]);
const slot: AppIntegrationSlot = { slotId: 'primary-llm', requiredCategory: 'ai-llm', required: true };

const connectionOf = (id: string, parts: ApplicationParts = {}) =>
  integrationOf({ ...parts, meta: { id, ...parts.meta } }).connection;

function resolve(changes: Partial<ResolveAppConfigInput> & { readonly slot?: AppIntegrationSlot } = {}) {
  return resolveAppConfig({
    appId: 'assistant',
    tenantId: 'acme',
    environment: 'production',
    blueprint: { name: 'assistant', version: '2.0.0', slots: [changes.slot ?? slot] },
    configVersion: '7',
    bindings: [{ slotId: 'primary-llm', connectionId: 'c1' }],
    connections: [connectionOf('c1')],
    specs,
    ...changes,
  });
}

const codes = (changes: Parameters<typeof resolve>[0]) => resolve(changes).problems.map(({ code }) => code);

describe('resolving an application', () => {
  it('fills a slot with the connection and spec that its binding leads to', () => {
    const { config, problems, isComplete } = resolve();
    expect({ problems, isComplete }).toEqual({ problems: [], isComplete: true });
    expect(config).toMatchObject({
      appId: 'assistant',
      tenantId: 'acme',
      environment: 'production',
      blueprintName: 'assistant',
      blueprintVersion: '2.0.0',
      configVersion: '7',
    });
    expect(config.integrations).toHaveLength(1);
    expect(config.integrations[0]).toMatchObject({ slot, binding: { connectionId: 'c1' } });
    expect(config.integrations[0]?.spec).toBe(specs.get('ai-llm.example'));
  });

  it('tries bindings in ascending priority, those without one last, equal ones in their order', () => {
    const bindings = [
      { slotId: 'primary-llm', connectionId: 'c1' },
      { slotId: 'primary-llm', connectionId: 'c2', priority: 5 },
      { slotId: 'primary-llm', connectionId: 'c3', priority: 1 },
      { slotId: 'primary-llm', connectionId: 'c4', priority: 1 },
    ];
    const chosen = (ids: string[]) =>
      resolve({ bindings, connections: ids.map((id) => connectionOf(id)) }).config.integrations[0]?.binding
        .connectionId;
    expect(chosen(['c1', 'c2', 'c3', 'c4'])).toBe('c3');
    expect(chosen(['c1', 'c2', 'c4'])).toBe('c4');
    expect(chosen(['c1', 'c2'])).toBe('c2');
    expect(chosen(['c1'])).toBe('c1');
  });

  it('does not look at status, which changes from call to call', () => {
    const { isComplete } = resolve({ connections: [connectionOf('c1', { connection: { status: 'error' } })] });
    expect(isComplete).toBe(true);
  });

  it.each([
    ['MISSING_INTEGRATION_CONNECTION', { connections: [] }],
    ['FOREIGN_CONNECTION', { connections: [connectionOf('c1', { meta: { tenantId: 'globex' } })] }],
    ['ENVIRONMENT_MISMATCH', { connections: [connectionOf('c1', { meta: { environment: 'staging' } })] }],
    ['INTEGRATION_SPEC_NOT_FOUND', { connections: [connectionOf('c1', { meta: { integrationVersion: '9.0.0' } })] }],
    ['CATEGORY_MISMATCH', { slot: { ...slot, requiredCategory: 'payments' } }],
    ['MODE_MISMATCH', { slot: { ...slot, allowedModes: ['byok' as const] } }],
    ['CAPABILITY_NOT_PROVIDED', { slot: { ...slot, requiredCapabilities: [{ key: 'ai.chat', version: '2.0.0' }] } }],
    ['INVALID_CONNECTION', { connections: [connectionOf('c1', { connection: { config: { model: 7 } } })] }],
  ])('passes over a binding with %s and reports the empty slot', (code, changes) => {
    expect(codes(changes)).toEqual([code, 'MISSING_REQUIRED_SLOT']);
    expect(resolve(changes)).toMatchObject({ isComplete: false, config: { integrations: [] } });
  });

  it('passes over a mode that the spec does not support', () => {
    const managedOnly = { ...CHAT_SPEC, supportedModes: ['managed' as const] };
    const byok = connectionOf('c1', { connection: { ownershipMode: 'byok' } });
    expect(codes({ connections: [byok], specs: { get: () => managedOnly } })).toContain('UNSUPPORTED_OWNERSHIP_MODE');
  });

  it('reports slots that are declared twice and bindings of slots that are not declared', () => {
    expect(codes({ blueprint: { name: 'a', version: '1', slots: [slot, slot] } })).toEqual(['DUPLICATE_SLOT']);
    expect(codes({ bindings: [{ slotId: 'other', connectionId: 'c1' }] })).toEqual([
      'UNKNOWN_SLOT_BINDING',
      'MISSING_REQUIRED_SLOT',
    ]);
  });

  it('leaves an optional slot empty without complaint', () => {
    expect(resolve({ slot: { ...slot, required: false }, bindings: [] })).toMatchObject({
      problems: [],
      isComplete: true,
    });
  });

  it('prefers the tenant’s own connection where ids repeat across tenants', () => {
    const foreign = connectionOf('c1', { meta: { tenantId: 'globex' } });
    const own = connectionOf('c1');
    for (const connections of [
      [foreign, own],
      [own, foreign],
    ]) {
      expect(resolve({ connections }).config.integrations[0]?.connection).toBe(own);
    }
  });
});
