import { describe, expect, it } from 'vitest';
import { integrationOf } from '../__fixtures__/application.ts';
import { connectionStatusLabel, ensureConnectionReady } from './connection-readiness.ts';

describe('ensureConnectionReady', () => {
  it.each(['disconnected', 'error'] as const)('throws for %s, naming label and status', (status) => {
    expect(() => ensureConnectionReady(integrationOf({ connection: { status } }))).toThrow(
      expect.objectContaining({
        code: 'CONNECTION_NOT_READY',
        message: `Connection "Acme chat" is not ready: its status is "${status}"`,
      }),
    );
  });

  it.each(['connected', 'unknown'] as const)('lets %s pass', (status) => {
    expect(() => ensureConnectionReady(integrationOf({ connection: { status } }))).not.toThrow();
  });
});

describe('connectionStatusLabel', () => {
  it('gives the status, and unknown for anything unexpected', () => {
    expect(connectionStatusLabel('error')).toBe('error');
    expect(connectionStatusLabel(JSON.parse('"revoked"'))).toBe('unknown');
  });
});
