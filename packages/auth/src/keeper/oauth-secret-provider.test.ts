import { cacheSecrets, type SecretProvider, SecretProviderError, SecretProviderManager } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { createCanary, FakeClock, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { RotatingServer } from '../__fixtures__/rotating-server.ts';
import { AuthError } from '../errors/auth-error.ts';
import { oauthSecretProvider } from './oauth-secret-provider.ts';
import { OAuthTokenKeeper } from './oauth-token-keeper.ts';
import type { SecretBackend } from './secret-backend.ts';
import { secretTokenStore } from './secret-token-store.ts';

const REFERENCE = 'memory://tenants/acme/crm';
const CLIENT_SECRET = createCanary(31, 'token');

interface World {
  readonly clock: FakeClock;
  readonly server: RotatingServer;
  readonly keeper: OAuthTokenKeeper;
  readonly secrets: SecretProvider;
  readonly backend: MemorySecretProvider;
}

async function worldOf(): Promise<World> {
  const clock = new FakeClock();
  const server = new RotatingServer({ clock, latencyMs: 0 });
  const { accessToken, refreshToken } = server.grant();
  const backend = new MemorySecretProvider({
    secrets: { [REFERENCE]: JSON.stringify({ clientSecret: CLIENT_SECRET, accessToken, refreshToken }) },
  });
  const cached = cacheSecrets(new SecretProviderManager({ providers: [{ provider: backend }] }));
  const keeper = new OAuthTokenKeeper({
    source: server.sourceOf(),
    store: secretTokenStore({ secrets: cached }),
    clock,
  });
  return {
    clock,
    server,
    keeper,
    backend,
    secrets: oauthSecretProvider<SecretProvider>(cached, { keeper, grantIdOf }),
  };
}

const grantIdOf = (reference: string): string => reference;

/** The access token in a secret. */
async function tokenIn(value: Promise<{ readonly data: Uint8Array }> | undefined): Promise<unknown> {
  const fields: unknown = JSON.parse(new TextDecoder().decode((await value)?.data));
  return typeof fields === 'object' && fields !== null ? Reflect.get(fields, 'accessToken') : undefined;
}

describe('a secret that is read again because its token was refused', () => {
  it('holds another token, renewed once for all who ask, and stored in the backend', async () => {
    const { secrets, server, clock, backend } = await worldOf();
    expect(await tokenIn(secrets.getSecret(REFERENCE))).toBe('a1');
    await clock.advance(60_000);
    const reads = await Promise.all(Array.from({ length: 20 }, async () => tokenIn(secrets.refresh?.(REFERENCE))));
    expect(new Set(reads)).toEqual(new Set(['a2']));
    expect([server.requests, await tokenIn(backend.getSecret(REFERENCE))]).toEqual([1, 'a2']);
    expect(await tokenIn(secrets.getSecret(REFERENCE))).toBe('a2');
  });

  it('holds the same token again where that has only just been made, so that its reader gives up', async () => {
    const { secrets, server, clock } = await worldOf();
    await tokenIn(secrets.getSecret(REFERENCE));
    await clock.advance(60_000);
    const tokens = [await tokenIn(secrets.refresh?.(REFERENCE)), await tokenIn(secrets.refresh?.(REFERENCE))];
    expect([tokens, server.requests]).toEqual([['a2', 'a2'], 1]);
  });

  it('cannot be had where the grant is over, and then not at all', async () => {
    const { secrets, server, clock } = await worldOf();
    await tokenIn(secrets.getSecret(REFERENCE));
    await clock.advance(60_000);
    server.isEnded = true;
    await expect(secrets.refresh?.(REFERENCE)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    await expect(secrets.getSecret(REFERENCE)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(server.requests).toBe(1);
  });
});

describe('a backend with kept tokens', () => {
  it('is the backend in all else', async () => {
    const { secrets, backend } = await worldOf();
    expect(secrets.canHandle(REFERENCE)).toBe(true);
    expect(secrets.resolveProvider?.(REFERENCE)?.id).toBe('memory');
    await secrets.setSecret('memory://other', { data: 'x' });
    expect(new TextDecoder().decode((await backend.getSecret('memory://other')).data)).toBe('x');
    expect('stageSecret' in secrets).toBe(true);
    await secrets.close?.();
  });

  it('passes on what has no grant, read afresh where it was refused', async () => {
    const backend = new MemorySecretProvider({ secrets: { 'memory://plain': 'one' } });
    const { keeper } = await worldOf();
    const cached = cacheSecrets(backend);
    const secrets = oauthSecretProvider(cached, { keeper, grantIdOf: () => undefined });
    const read = async (value: Promise<{ data: Uint8Array }> | undefined) =>
      new TextDecoder().decode((await value)?.data);
    expect(await read(secrets.getSecret('memory://plain'))).toBe('one');
    await backend.setSecret('memory://plain', { data: 'two' });
    expect(await read(secrets.getSecret('memory://plain'))).toBe('one');
    expect(await read(secrets.refresh('memory://plain'))).toBe('two');
    const uncached = oauthSecretProvider(backend, { keeper, grantIdOf: () => undefined });
    expect(await read(Promise.resolve(uncached.getSecret('memory://plain')))).toBe('two');
  });

  it('prints no token, and gives each reader bytes of its own', async () => {
    const { secrets } = await worldOf();
    const first = await secrets.getSecret(REFERENCE);
    expect(findCanary(JSON.stringify(first), CLIENT_SECRET)).toEqual([]);
    expect(JSON.stringify({ ...first })).not.toContain('data');
    first.data.fill(0);
    expect(new TextDecoder().decode((await secrets.getSecret(REFERENCE)).data)).toContain('"accessToken":"a1"');
  });

  it('keeps from its readers what the keeper knows, and says the token type where it is unusual', async () => {
    const { secrets, keeper } = await worldOf();
    await keeper.put(REFERENCE, { accessToken: 'x', tokenType: 'MAC', refreshToken: 'y' });
    const fields: unknown = JSON.parse(new TextDecoder().decode((await secrets.refresh?.(REFERENCE))?.data));
    expect(fields).toEqual({ clientSecret: CLIENT_SECRET, accessToken: 'x', refreshToken: 'y', tokenType: 'MAC' });
  });

  it('fails as a backend does: an error that every copy of the package knows, with its cause hidden', async () => {
    const { clock, keeper } = await worldOf();
    const secrets = oauthSecretProvider(new MemorySecretProvider(), { keeper, grantIdOf: () => 'memory://nowhere' });
    const error = await clock.settle(secrets.getSecret('memory://x').catch((reason: unknown) => reason));
    expect(SecretProviderError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false, provider: 'memory' });
    expect(error instanceof Error && AuthError.is(error.cause)).toBe(true);
    expect(JSON.stringify(error)).not.toContain('cause');
  });

  it('passes on a backend’s failure and the caller’s reason', async () => {
    const { keeper, secrets } = await worldOf();
    const broken = oauthSecretProvider<SecretBackend>(
      {
        id: 'broken',
        getSecret: async () =>
          Promise.reject(
            new SecretProviderError({ code: 'THROTTLED', message: 'busy', provider: 'broken', reference: 'x' }),
          ),
      },
      { keeper, grantIdOf },
    );
    await expect(broken.getSecret('x')).rejects.toMatchObject({ code: 'THROTTLED' });
    await expect(secrets.getSecret(REFERENCE, { signal: AbortSignal.abort('left') })).rejects.toBe('left');
  });
});
