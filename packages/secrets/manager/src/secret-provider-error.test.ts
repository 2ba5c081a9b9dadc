import { IntegrationError, MortiseError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { inspect } from './__fixtures__/inspect.ts';
import { SecretProviderError, type SecretProviderErrorCode } from './secret-provider-error.ts';

const error = (code?: SecretProviderErrorCode, cause?: unknown) =>
  new SecretProviderError({
    message: 'Vault could not read "vault://a"',
    provider: 'vault',
    reference: 'vault://a',
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined ? {} : { cause }),
  });

describe('SecretProviderError', () => {
  it('names backend and reference; its code is UNKNOWN unless it is given', () => {
    expect(error()).toMatchObject({
      name: 'SecretProviderError',
      code: 'UNKNOWN',
      provider: 'vault',
      reference: 'vault://a',
    });
    expect(error('FORBIDDEN').code).toBe('FORBIDDEN');
  });

  it.each<[SecretProviderErrorCode, string]>([
    ['THROTTLED', 'throttled'],
    ['UNAVAILABLE', 'transient'],
    ['TIMEOUT', 'transient'],
    ['INTEGRITY', 'transient'],
    ['NOT_FOUND', 'never'],
    ['FORBIDDEN', 'never'],
    ['UNAUTHENTICATED', 'never'],
    ['INVALID', 'never'],
    ['UNKNOWN', 'never'],
    ['CONFLICT', 'never'],
    ['VERSION_DISABLED', 'never'],
    ['PENDING_DELETION', 'never'],
    ['TOO_LARGE', 'never'],
    ['READ_ONLY', 'never'],
    ['UNSUPPORTED', 'never'],
  ])('says for %s that the retry advice is %s', (code, retry) => {
    expect(error(code).retry).toBe(retry);
    expect(error(code).retryable).toBe(retry !== 'never');
  });

  it('is known by a marker, so that another copy of the package makes the same error', () => {
    const foreign = Object.defineProperties(new Error('x'), {
      [Symbol.for('@mortise/error')]: { value: true },
      [Symbol.for('@mortise/secret-provider-error')]: { value: true },
    });
    expect(SecretProviderError.is(error())).toBe(true);
    expect(SecretProviderError.is(foreign)).toBe(true);
    expect(MortiseError.is(error())).toBe(true);
  });

  it.each([
    new Error('x'),
    new MortiseError({ code: 'x', message: 'x' }),
    new IntegrationError({ code: 'timeout', message: 'x' }),
    null,
    'SecretProviderError',
    { name: 'SecretProviderError', code: 'NOT_FOUND' },
  ])('is not %s', (other) => {
    expect(SecretProviderError.is(other)).toBe(false);
    expect(IntegrationError.is(error())).toBe(false);
  });

  it('keeps its cause out of enumeration and JSON, whatever the cause carries', () => {
    const cause = { response: { body: 'canary-77aa' } };
    const caught = error('UNAVAILABLE', cause);
    expect(caught.cause).toBe(cause);
    expect(Object.keys(caught)).not.toContain('cause');
    expect(JSON.stringify(caught)).not.toContain('canary-77aa');
    expect(JSON.parse(JSON.stringify(caught))).toEqual({
      name: 'SecretProviderError',
      code: 'UNAVAILABLE',
      message: 'Vault could not read "vault://a"',
      retryable: true,
      provider: 'vault',
      reference: 'vault://a',
    });
  });

  it('shows as its reference nothing that cannot be one', () => {
    const pasted = new SecretProviderError({ message: 'x', provider: 'vault', reference: 'sk-canary-77aa' });
    expect(pasted.reference).toBe('[not a reference]');
    expect(inspect(pasted)).not.toContain('canary-77aa');
  });
});
