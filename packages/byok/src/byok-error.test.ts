import { MortiseError } from '@mortise/core';
import { SecretProviderError } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { ByokError } from './byok-error.ts';

describe('ByokError', () => {
  it('is a MortiseError with its own name, fields and marker', () => {
    const error = new ByokError({ code: 'KEY_NOT_USABLE', message: 'no', connectionId: 'c1', reason: 'stale' });
    expect(error).toMatchObject({ name: 'ByokError', code: 'KEY_NOT_USABLE', connectionId: 'c1', reason: 'stale' });
    expect(MortiseError.is(error)).toBe(true);
    expect(ByokError.is(error)).toBe(true);
  });

  it('has no fields that it was not given', () => {
    const error = new ByokError({ code: 'INVALID_OPTIONS', message: 'no' });
    expect('connectionId' in error).toBe(false);
    expect('reason' in error).toBe(false);
  });

  it('is told from other errors', () => {
    const other = new SecretProviderError({ code: 'NOT_FOUND', message: 'no', provider: 'p', reference: 'memory://a' });
    for (const value of [other, new TypeError('no'), undefined, null, 'CONFLICT', { code: 'CONFLICT' }]) {
      expect(ByokError.is(value)).toBe(false);
    }
  });

  it.each([
    ['CONFLICT', true],
    ['LEASE_LOST', true],
    ['STORE_FAILED', true],
    ['KEY_UNREADABLE', true],
    ['NO_NEW_KEY', false],
    ['INVALID_REQUEST', false],
    ['FORBIDDEN', false],
    ['STORE_CORRUPT', false],
    ['KEY_NOT_FOUND', false],
  ] as const)('%s is worth another try: %s', (code, retryable) => {
    expect(new ByokError({ code, message: 'no' }).retryable).toBe(retryable);
  });

  it('hides its cause from JSON', () => {
    const error = new ByokError({ code: 'STORE_FAILED', message: 'no', cause: new TypeError('sk-secret') });
    expect(JSON.stringify(error)).not.toContain('sk-secret');
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});
