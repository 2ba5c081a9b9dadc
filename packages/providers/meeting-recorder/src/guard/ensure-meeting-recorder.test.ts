import type { ResolvedAppConfig, ResolvedIntegration } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { granolaIntegrationSpec } from '../specs/granola.ts';
import {
  assertPrimaryMeetingRecorderReady,
  ensurePrimaryMeetingRecorderIntegration,
} from './ensure-meeting-recorder.ts';
import { MeetingRecorderGuardError } from './meeting-recorder-guard-error.ts';

const bound: ResolvedIntegration = {
  slot: { slotId: 'primaryMeetingRecorder', requiredCategory: 'meeting-recorder' },
  binding: { slotId: 'primaryMeetingRecorder', connectionId: 'c1' },
  connection: {
    meta: {
      id: 'c1',
      tenantId: 't1',
      integrationKey: 'meeting-recorder.granola',
      integrationVersion: '1.0.0',
      label: 'Granola',
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
    },
    ownershipMode: 'byok',
    config: {},
    secretProvider: 'vault',
    secretRef: 'vault://t1/granola',
    status: 'connected',
  },
  spec: granolaIntegrationSpec,
};

const configOf = (...integrations: ResolvedIntegration[]): Pick<ResolvedAppConfig, 'tenantId' | 'integrations'> => ({
  tenantId: 't1',
  integrations,
});

const withStatus = (status: ResolvedIntegration['connection']['status']): ResolvedIntegration => ({
  ...bound,
  connection: { ...bound.connection, status },
});

describe('the guard of the meeting recorder', () => {
  it.each(['connected', 'unknown'] as const)('lets a connection in status "%s" pass', (status) => {
    const integration = withStatus(status);
    expect(ensurePrimaryMeetingRecorderIntegration(configOf(integration))).toEqual({ ok: true, integration });
    expect(assertPrimaryMeetingRecorderReady(configOf(integration))).toBe(integration);
  });

  it.each([
    ['NOT_BOUND', configOf(), {}],
    ['NOT_BOUND', configOf(bound), { slotId: 'secondMeetingRecorder' }],
    [
      'WRONG_CATEGORY',
      configOf({ ...bound, spec: { ...bound.spec, meta: { ...bound.spec.meta, category: 'health' } } }),
      {},
    ],
    ['TENANT_MISMATCH', { ...configOf(bound), tenantId: 't2' }, {}],
    ['MISSING_CAPABILITY', configOf(bound), { capabilities: [{ key: 'meeting-recorder.webhooks', version: '1.0.0' }] }],
    ['NOT_CONNECTED', configOf(withStatus('error')), {}],
    ['NOT_CONNECTED', configOf(withStatus('disconnected')), {}],
  ] as const)('refuses with %s, and the error carries the code', (code, config, options) => {
    const result = ensurePrimaryMeetingRecorderIntegration(config, options);
    expect(result).toMatchObject({ ok: false, code });
    expect('integration' in result).toBe(code !== 'NOT_BOUND');
    const call = () => assertPrimaryMeetingRecorderReady(config, options);
    expect(call).toThrow(expect.objectContaining({ name: 'MeetingRecorderGuardError', code, retryable: false }));
    expect(call).toThrow(result.ok ? '' : result.error);
  });

  it('tells its errors from others', () => {
    expect(MeetingRecorderGuardError.is(new MeetingRecorderGuardError({ code: 'NOT_BOUND', message: 'x' }))).toBe(true);
    expect(MeetingRecorderGuardError.is(new Error('x'))).toBe(false);
    expect(MeetingRecorderGuardError.is(undefined)).toBe(false);
  });
});
