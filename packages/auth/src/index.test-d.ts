import type { SecretProvider } from '@mortise/secrets';
import { describe, expectTypeOf, it } from 'vitest';
import {
  AuthError,
  type AuthErrorCode,
  type KeptToken,
  oauthSecretProvider,
  type OAuthTokenKeeper,
  requestCredentials,
  type SecretBackend,
  type TokenSource,
  type WritableSecretBackend,
} from './index.ts';

describe('types', () => {
  it('every SecretProvider is a backend, and stays one with kept tokens', () => {
    expectTypeOf<SecretProvider>().toExtend<SecretBackend>();
    expectTypeOf<SecretProvider>().toExtend<WritableSecretBackend>();
    expectTypeOf(oauthSecretProvider<SecretProvider>).returns.toEqualTypeOf<SecretProvider>();
  });

  it('nobody but the keeper gets a refresh token', () => {
    expectTypeOf<KeptToken>().not.toHaveProperty('refreshToken');
    expectTypeOf<Awaited<ReturnType<OAuthTokenKeeper['accessToken']>>>().toEqualTypeOf<KeptToken>();
  });

  it('codes are closed', () => {
    expectTypeOf<AuthError['code']>().toEqualTypeOf<AuthErrorCode>();
    // @ts-expect-error There is no such code.
    expectTypeOf(new AuthError({ code: 'OTHER', message: '' })).toEqualTypeOf<AuthError>();
  });

  it('credentials come from one method or several', () => {
    expectTypeOf(requestCredentials({ type: 'bearer' }, {}).headers).toEqualTypeOf<Readonly<Record<string, string>>>();
    expectTypeOf(requestCredentials).parameter(0).toExtend<object>();
    // @ts-expect-error There is no such method.
    requestCredentials({ type: 'magic' }, {});
  });

  it('a source says what it can', () => {
    expectTypeOf<TokenSource['revoke']>().extract<undefined>().toEqualTypeOf<undefined>();
  });
});
