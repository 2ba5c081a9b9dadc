import { type ConnectionStatus, MortiseError, type ResolvedIntegration } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { powensIntegrationSpec } from '../specs/powens.ts';
import { OpenBankingGuardError } from './guard-error.ts';
import { assertPrimaryOpenBankingReady, ensurePrimaryOpenBankingIntegration } from './open-banking-guards.ts';

function bound(status: ConnectionStatus = 'connected', slotId = 'primaryOpenBanking'): ResolvedIntegration {
  return {
    slot: { slotId, requiredCategory: 'open-banking' },
    binding: { slotId, connectionId: 'connection-1' },
    spec: powensIntegrationSpec,
    connection: {
      meta: {
        id: 'connection-1',
        tenantId: 'tenant-1',
        integrationKey: 'openbanking.powens',
        integrationVersion: '1.0.0',
        label: 'Powens',
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-01T00:00:00Z',
      },
      ownershipMode: 'byok',
      config: {},
      secretProvider: 'env',
      secretRef: 'env://POWENS',
      status,
    },
  };
}

const config = (...integrations: ResolvedIntegration[]) => ({ tenantId: 'tenant-1', integrations });
const other = {
  ...bound(),
  spec: { ...powensIntegrationSpec, meta: { ...powensIntegrationSpec.meta, category: 'crm' } },
};

describe('the guard of open banking', () => {
  it('accepts a connected integration of the category and the tenant', () => {
    const integration = bound();
    expect(ensurePrimaryOpenBankingIntegration(config(integration))).toEqual({ ok: true, integration });
    expect(assertPrimaryOpenBankingReady(config(integration))).toBe(integration);
  });

  it.each([
    ['nothing bound', config(), {}, 'SLOT_NOT_BOUND', /not bound/i],
    ['another slot', config(bound('connected', 'other')), {}, 'SLOT_NOT_BOUND', /not bound/i],
    ['another category', config(other), {}, 'WRONG_CATEGORY', /must bind an open-banking integration/i],
    ['another tenant', { ...config(bound()), tenantId: 'tenant-2' }, {}, 'WRONG_TENANT', /another tenant/],
    ['an error', config(bound('error')), {}, 'CONNECTION_NOT_WORKING', /status "error"/],
    ['a lost connection', config(bound('disconnected')), {}, 'CONNECTION_NOT_WORKING', /status "disconnected"/],
    ['no check so far', config(bound('unknown')), {}, 'CONNECTION_NOT_CHECKED', /health check/],
    [
      'a capability that is missing',
      config(bound()),
      { capabilities: [{ key: 'openbanking.payments', version: '1.0.0' }] },
      'CAPABILITY_MISSING',
      /openbanking\.payments/,
    ],
  ] as const)('refuses %s', (...[, given, options, code, message]) => {
    const result = ensurePrimaryOpenBankingIntegration(given, options);
    expect(result).toMatchObject({ ok: false, code, error: expect.stringMatching(message) });
    expect(result.integration !== undefined).toBe(code !== 'SLOT_NOT_BOUND');
    try {
      assertPrimaryOpenBankingReady(given, options);
      expect.unreachable('it is not ready');
    } catch (error) {
      expect(OpenBankingGuardError.is(error)).toBe(true);
      expect(error).toMatchObject({ code });
    }
  });

  it('throws an error that is told from others', () => {
    expect(OpenBankingGuardError.is(new MortiseError({ code: 'OTHER', message: 'other' }))).toBe(false);
    expect(OpenBankingGuardError.is(new Error('other'))).toBe(false);
  });

  it('looks at another slot where told to', () => {
    const integration = bound('connected', 'savings');
    expect(ensurePrimaryOpenBankingIntegration(config(integration), { slotId: 'savings' }).ok).toBe(true);
  });
});
