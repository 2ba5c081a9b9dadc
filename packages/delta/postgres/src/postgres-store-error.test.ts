import { DeltaError } from '@mortise/provider-delta';
import { describe, expect, it } from 'vitest';
import { PostgresDeltaStoreError, storeFailed } from './postgres-store-error.ts';

describe('a failure of the server', () => {
  it.each([
    ['40001', 'CONTENDED', true],
    ['40P01', 'CONTENDED', true],
    ['55P03', 'CONTENDED', true],
    ['57P01', 'UNAVAILABLE', true],
    ['08006', 'UNAVAILABLE', true],
    ['53300', 'UNAVAILABLE', true],
    ['53100', 'REFUSED', false],
    ['42501', 'REFUSED', false],
    ['22021', 'REFUSED', false],
  ])('with SQLSTATE %s is %s', (sqlState, code, retryable) => {
    const cause = Object.assign(new Error('value (secret) is not allowed'), { code: sqlState });
    const error = storeFailed('commit', cause);
    expect(error).toMatchObject({ code, sqlState, retryable });
    expect(JSON.stringify(error) + error.message).not.toContain('secret');
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', undefined])('without one (%s) is UNAVAILABLE', (code) => {
    const error = storeFailed('commit', Object.assign(new Error('lost'), { code }));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(error.sqlState).toBeUndefined();
  });

  it('is told from other errors by its mark', () => {
    expect(PostgresDeltaStoreError.is(storeFailed('commit', undefined))).toBe(true);
    expect(PostgresDeltaStoreError.is(new DeltaError({ code: 'CONFLICT', message: '' }))).toBe(false);
    expect(DeltaError.is(storeFailed('commit', undefined))).toBe(false);
  });
});
