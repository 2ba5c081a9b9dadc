import { IntegrationError, MortiseError } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { GrantUnavailableError } from '../keeper/grant-unavailable-error.ts';
import { StoreConformanceError } from '../testing/assertions.ts';
import { AuthError } from './auth-error.ts';
import { OAuthError } from './oauth-error.ts';

const auth = new AuthError({ code: 'AUTH_REQUIRED', message: 'm', grantId: 'g', reason: 'revoked' });
const oauth = new OAuthError({ code: 'THROTTLED', message: 'm', status: 429, oauthCode: 'slow_down', retryAfterMs: 5 });

describe('errors', () => {
  it.each<[string, unknown, boolean, boolean, boolean]>([
    ['AuthError', auth, true, false, true],
    ['OAuthError', oauth, false, true, true],
    ['GrantUnavailableError', new GrantUnavailableError('p', 'r', auth), false, false, true],
    ['StoreConformanceError', new StoreConformanceError('m'), false, false, true],
    ['IntegrationError', new IntegrationError({ code: 'timeout', message: 'm' }), false, false, true],
    ['any other', new TypeError('m'), false, false, false],
    ['no error', { code: 'AUTH_REQUIRED' }, false, false, false],
    ['nothing', undefined, false, false, false],
  ])('%s is told from every other', (_name, error, ...expected) => {
    expect([AuthError.is(error), OAuthError.is(error), MortiseError.is(error)]).toEqual(expected);
  });

  it('say what helps, as data', () => {
    expect(JSON.parse(JSON.stringify(auth))).toEqual({
      name: 'AuthError',
      code: 'AUTH_REQUIRED',
      message: 'm',
      retryable: false,
      grantId: 'g',
      reason: 'revoked',
    });
    expect(JSON.parse(JSON.stringify(oauth))).toEqual({
      name: 'OAuthError',
      code: 'THROTTLED',
      message: 'm',
      retryable: true,
      retryAfterMs: 5,
      status: 429,
      oauthCode: 'slow_down',
      outcomeUnknown: false,
    });
    expect(Object.keys(new AuthError({ code: 'UNSUPPORTED', message: 'm' })).sort()).toEqual(['code', 'retry']);
  });

  it('advise to try again what passes, unless they are told otherwise', () => {
    const advice = (code: ConstructorParameters<typeof AuthError>[0]['code']) =>
      new AuthError({ code, message: '' }).retry;
    expect((['TOKEN_UNAVAILABLE', 'AUTH_UNCERTAIN', 'LEASE_TIMEOUT', 'STORE_FAILED'] as const).map(advice)).toEqual(
      Array.from({ length: 4 }, () => 'transient'),
    );
    expect((['AUTH_REQUIRED', 'MISSING_FIELD', 'INVALID_KEY'] as const).map(advice)).toEqual([
      'never',
      'never',
      'never',
    ]);
    expect(new AuthError({ code: 'STORE_FAILED', message: '', retry: 'never' }).retryable).toBe(false);
    expect(new OAuthError({ code: 'NETWORK', message: '' }).retry).toBe('transient');
    expect(new OAuthError({ code: 'INVALID_GRANT', message: '' }).retry).toBe('never');
  });

  it('do not show their cause', () => {
    const canary = createCanary(41);
    const cause = new TypeError(canary);
    for (const error of [
      new AuthError({ code: 'STORE_FAILED', message: 'm', cause }),
      new OAuthError({ code: 'NETWORK', message: 'm', cause }),
      new GrantUnavailableError('p', 'r', cause),
    ]) {
      expect(error.cause).toBe(cause);
      expect(findCanary(`${JSON.stringify(error)} ${error.message}` + (error.stack ?? ''), canary)).toEqual([]);
      expect(Object.keys(error)).not.toContain('cause');
    }
  });
});
