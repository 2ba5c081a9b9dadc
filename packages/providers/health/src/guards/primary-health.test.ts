import {
  type ConnectionStatus,
  defineIntegration,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { HealthGuardError } from './health-guard-error.ts';
import { assertPrimaryHealthReady, ensurePrimaryHealthIntegration } from './primary-health.ts';

interface Draft {
  readonly slotId?: string;
  readonly category?: string;
  readonly status?: ConnectionStatus;
  readonly tenantId?: string;
}

function bound({
  slotId = 'primaryHealth',
  category = 'health',
  status = 'connected',
  tenantId = 't',
}: Draft = {}): ResolvedIntegration {
  const spec = defineIntegration({
    meta: { key: `${category}.acme`, version: '1.0.0', category, owners: ['@team'], tags: [] },
    supportedModes: ['byok'],
    capabilities: { provides: [{ key: 'health.sleep.read' }] },
    configSchema: { schema: { type: 'object' } },
    secretSchema: { schema: { type: 'object' } },
  });
  return {
    slot: { slotId, requiredCategory: 'health' },
    binding: { slotId, connectionId: 'c' },
    connection: {
      meta: {
        id: 'c',
        tenantId,
        integrationKey: spec.meta.key,
        integrationVersion: '1.0.0',
        label: 'My ring',
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-01T00:00:00Z',
      },
      ownershipMode: 'byok',
      config: {},
      secretProvider: 'env',
      secretRef: 'env://CANARY_REFERENCE',
      status,
    },
    spec,
  };
}

const config = (...integrations: ResolvedIntegration[]): Pick<ResolvedAppConfig, 'tenantId' | 'integrations'> => ({
  tenantId: 't',
  integrations,
});

describe('the guard of the health slot', () => {
  it('lets a connection pass that is bound, of its category and well', () => {
    const integration = bound();
    expect(ensurePrimaryHealthIntegration(config(integration))).toEqual({ ok: true, integration });
    expect(assertPrimaryHealthReady(config(integration))).toBe(integration);
  });

  it.each<[string, Draft | undefined, string, RegExp]>([
    ['nothing is bound', undefined, 'SLOT_NOT_BOUND', /not bound/i],
    ['another slot is bound', { slotId: 'secondaryHealth' }, 'SLOT_NOT_BOUND', /not bound/i],
    ['it is of another category', { category: 'email' }, 'WRONG_CATEGORY', /must bind a health integration.*"email"/i],
    ['it is of another tenant', { tenantId: 'other' }, 'TENANT_MISMATCH', /another tenant/],
    ['it is in error', { status: 'error' }, 'CONNECTION_NOT_READY', /status "error"/],
    ['it is disconnected', { status: 'disconnected' }, 'CONNECTION_NOT_READY', /status "disconnected"/],
    ['nobody has checked it', { status: 'unknown' }, 'CONNECTION_UNCHECKED', /unknown/],
  ])('refuses when %s', (_why, draft, code, message) => {
    const integrations = draft === undefined ? [] : [bound(draft)];
    const result = ensurePrimaryHealthIntegration(config(...integrations));
    expect(result).toMatchObject({ ok: false, code, error: expect.stringMatching(message) });
    expect(result.integration).toBe(code === 'SLOT_NOT_BOUND' ? undefined : integrations[0]);
    const attempt = () => assertPrimaryHealthReady(config(...integrations));
    expect(attempt).toThrow(HealthGuardError);
    expect(attempt).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
    expect(result.error).not.toContain('CANARY');
  });

  it('takes another slot, unchecked connections and capabilities where told to', () => {
    const other = bound({ slotId: 'secondaryHealth', status: 'unknown' });
    const options = { slotId: 'secondaryHealth', allowUnchecked: true };
    expect(ensurePrimaryHealthIntegration(config(other), options).ok).toBe(true);
    const wanting = (key: string) => ({ ...options, requiredCapabilities: [{ key, version: '1.0.0' }] });
    expect(ensurePrimaryHealthIntegration(config(other), wanting('health.sleep.read')).ok).toBe(true);
    expect(ensurePrimaryHealthIntegration(config(other), wanting('health.nutrition.read'))).toMatchObject({
      code: 'CAPABILITY_MISSING',
      error: expect.stringContaining('health.nutrition.read'),
    });
  });
});
