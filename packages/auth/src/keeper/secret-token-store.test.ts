import { cacheSecrets, SecretProviderError } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { AuthError } from '../errors/auth-error.ts';
import { secretTokenStore } from './secret-token-store.ts';

const ID = 'memory://grants/a';

async function membersOf(secrets: MemorySecretProvider): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode((await secrets.getSecret(ID)).data));
}

describe('grants in a connection’s own secret', () => {
  it('stand where the spec expects the tokens, and leave all else as it is', async () => {
    const secrets = new MemorySecretProvider({ secrets: { [ID]: '{"clientSecret":"s","region":{"eu":true}}' } });
    const store = secretTokenStore({ secrets, tokenField: 'at', refreshTokenField: 'rt' });
    expect(await store.load(ID)).toBeUndefined();
    const token = { accessToken: 'a', refreshToken: 'r', tokenType: 'Bearer', scope: 'x' };
    const version = await store.save(ID, { token, fence: 3 }, { expected: undefined });
    expect(await membersOf(secrets)).toEqual({
      clientSecret: 's',
      region: { eu: true },
      at: 'a',
      rt: 'r',
      _grant: { fence: 3, token: { tokenType: 'Bearer', scope: 'x' } },
    });
    expect(await store.remove(ID, { expected: version })).toBe(true);
    expect(await membersOf(secrets)).toEqual({ clientSecret: 's', region: { eu: true } });
  });

  it('are taken over from a secret that somebody wrote by hand', async () => {
    const secrets = new MemorySecretProvider({ secrets: { [ID]: '{"accessToken":"a","refreshToken":"r"}' } });
    const loaded = await secretTokenStore({ secrets }).load(ID);
    expect(loaded?.grant).toEqual({ token: { accessToken: 'a', refreshToken: 'r', tokenType: 'Bearer' } });
  });

  it('of a refresh token alone have an access token that is over', async () => {
    const secrets = new MemorySecretProvider({ secrets: { [ID]: '{"refreshToken":"r"}' } });
    expect((await secretTokenStore({ secrets }).load(ID))?.grant.token).toMatchObject({
      refreshToken: 'r',
      expiresAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('are read past a cache', async () => {
    const secrets = new MemorySecretProvider({ secrets: { [ID]: '{"accessToken":"a"}' } });
    const cached = cacheSecrets(secrets);
    const store = secretTokenStore({ secrets: cached });
    await cached.getSecret(ID);
    await secrets.setSecret(ID, { data: '{"accessToken":"b"}' });
    expect((await store.load(ID))?.grant.token?.accessToken).toBe('b');
  });

  it('are kept under the reference that the host names', async () => {
    const secrets = new MemorySecretProvider();
    const store = secretTokenStore({ secrets, reference: (id) => `memory://grants/${id}` });
    await store.save('a', { token: { accessToken: 'x', tokenType: 'Bearer' } }, { expected: undefined });
    expect(await membersOf(secrets)).toMatchObject({ accessToken: 'x' });
  });

  it.each(['plain text canary-0815', '["canary-0815"]', '{"accessToken":"canary-0815"'])(
    'are not kept in a secret that is no JSON object: %s',
    async (data) => {
      const store = secretTokenStore({ secrets: new MemorySecretProvider({ secrets: { [ID]: data } }) });
      for (const action of [store.load(ID), store.save(ID, {}, { expected: undefined })]) {
        const error = await action.catch((reason: unknown) => reason);
        expect(AuthError.is(error) && [error.code, error.retryable]).toEqual(['STORE_FAILED', false]);
        expect(findCanary(error, 'canary-0815')).toEqual([]);
      }
    },
  );

  it('pass on what a backend says, but for "there is none"', async () => {
    const failure = new SecretProviderError({ code: 'UNAVAILABLE', message: 'down', provider: 'x', reference: ID });
    const store = secretTokenStore({
      secrets: {
        id: 'x',
        getSecret: async () => Promise.reject(failure),
        setSecret: async () => Promise.reject(failure),
      },
    });
    await expect(store.load(ID)).rejects.toBe(failure);
    await expect(store.save(ID, {}, { expected: undefined })).rejects.toBe(failure);
  });
});
