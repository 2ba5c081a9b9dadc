import { Secret } from '@mortise/core';
import { createAdvancedClient, createClient } from '@scaleway/sdk-client';
import { describe, expect, it } from 'vitest';
import { print, startBackend, startServer, textOf } from '../__fixtures__/backend.ts';
import { ScalewaySecretManagerProvider } from '../index.ts';
import type { ScalewaySecretManagerOptions } from './scaleway-options.ts';

function refusalOf(options: ScalewaySecretManagerOptions): unknown {
  try {
    return new ScalewaySecretManagerProvider(options);
  } catch (error) {
    return error;
  }
}

describe('the token', () => {
  it('is missed at once, with a message that says where to put it', () => {
    expect(refusalOf({ env: {} })).toMatchObject({
      name: 'SecretProviderError',
      code: 'INVALID',
      provider: 'scaleway-secret-manager',
      message: expect.stringMatching(/option token.*SCW_SECRET_KEY/),
    });
    expect(refusalOf({ env: { SCW_SECRET_KEY: '' } })).toMatchObject({ code: 'INVALID' });
  });

  it.each(['', 'two words', 'line\nbreak', 'é', 'x'.repeat(1025)])(
    'is refused where no header could carry it: %j',
    (token) => {
      const error = refusalOf({ token, env: {} });
      expect(error).toMatchObject({ code: 'INVALID' });
      if (token.length > 1) expect(print(error)).not.toContain(token);
    },
  );

  it.each(['SCW_SECRET_KEY', 'SCALEWAY_SECRET_KEY'])('comes from %s where no option has it', async (name) => {
    const server = await startServer();
    server.addSecret({ name: 'key', versions: ['value'] });
    const provider = new ScalewaySecretManagerProvider({
      env: { [name]: server.token },
      baseUrl: server.url,
      defaultProjectId: server.projectId,
    });
    expect(textOf(await provider.getSecret('scw://secret-manager/fr-par/key'))).toBe('value');
    expect(provider.id).toBe('scaleway-secret-manager');
  });

  it('may be wrapped, and needs no access key beside it', async () => {
    const { server, connect } = await startBackend();
    server.addSecret({ name: 'key', versions: ['value'] });
    const provider = connect({ token: new Secret(server.token) });
    await provider.getSecret('scw://secret-manager/key');
    expect(server.requests[0]?.headers['x-auth-token']).toBe(server.token);
    expect(print(provider)).not.toContain(server.token);
  });

  it('may come from a function, which is asked anew for each request', async () => {
    const tokens = ['first', 'second'];
    const { server, connect } = await startBackend();
    server.addSecret({ name: 'key', versions: ['value'] });
    const provider = connect({ token: async () => tokens.shift() ?? 'none' });
    for (const token of ['first', 'second']) {
      server.setToken(token);
      await provider.getSecret('scw://secret-manager/key');
    }
    expect(server.requests.map(({ headers }) => headers['x-auth-token'])).toEqual(['first', 'second']);
  });

  it.each<[string, () => Promise<string>]>([
    ['fails', () => Promise.reject(new TypeError('canary-token-9f2c'))],
    ['gives what no header could carry', async () => 'canary-token-9f2c\n'],
  ])('is UNAUTHENTICATED, and nothing is sent, when the function %s', async (_, token) => {
    const { server, connect } = await startBackend();
    const error: unknown = await connect({ token })
      .getSecret('scw://secret-manager/key')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    expect(print([error, error instanceof Error && error.cause])).not.toContain('canary-token-9f2c');
    expect(server.requests).toEqual([]);
  });
});

describe('region and project', () => {
  it.each([
    ['SCW_DEFAULT_REGION', 'SCW_DEFAULT_PROJECT_ID'],
    ['SCW_REGION', 'SCW_PROJECT_ID'],
  ])('come from %s and %s where no option has them', async (region, project) => {
    const server = await startServer();
    server.addSecret({ name: 'key', region: 'nl-ams', versions: ['value'] });
    const provider = new ScalewaySecretManagerProvider({
      env: { SCW_SECRET_KEY: server.token, [region]: 'nl-ams', [project]: server.projectId },
      baseUrl: server.url,
    });
    expect(textOf(await provider.getSecret('scw://secret-manager/key'))).toBe('value');
  });

  it('are INVALID where they are needed and nobody names them', async () => {
    const provider = new ScalewaySecretManagerProvider({ token: 'token', env: {} });
    await expect(provider.getSecret('scw://secret-manager/key')).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('defaultRegion'),
    });
    await expect(provider.getSecret('scw://secret-manager/fr-par/key')).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('defaultProjectId'),
    });
  });
});

describe('options that cannot work', () => {
  it.each<[string, ScalewaySecretManagerOptions]>([
    ['a region that is none', { defaultRegion: 'Paris' }],
    ['an empty project', { defaultProjectId: '' }],
    ['a base URL that is none', { baseUrl: 'api.scaleway.com' }],
    ['another protocol', { baseUrl: 'file:///etc' }],
    ['a password in the base URL', { baseUrl: 'https://user:pass@api.scaleway.com' }],
    ['a query in the base URL', { baseUrl: 'https://api.scaleway.com?x=1' }],
    ['no time', { timeoutMs: 0 }],
    ['time that no timer can wait', { timeoutMs: Infinity }],
    ['time that is no number', { timeoutMs: Number.NaN }],
    ['a policy without an end', { newSecrets: { ephemeralPolicy: { action: 'delete' } } }],
    ['a policy with too short a life', { newSecrets: { ephemeralPolicy: { action: 'delete', timeToLiveMs: 10 } } }],
    ['a client beside a base URL', { client: createClient(), baseUrl: 'https://api.scaleway.com' }],
  ])('are INVALID at once: %s', (_, options) => {
    expect(refusalOf({ token: 'token', env: {}, ...options })).toMatchObject({ code: 'INVALID' });
  });

  it('leave a base URL with slashes at its end as good as without', async () => {
    const { server, connect } = await startBackend();
    server.addSecret({ name: 'key', versions: ['value'] });
    expect(textOf(await connect({ baseUrl: `${server.url}//` }).getSecret('scw://secret-manager/key'))).toBe('value');
  });
});

describe('a client of the SDK', () => {
  it('is used with its own URL and interceptors, each run once', async () => {
    const server = await startServer();
    server.addSecret({ name: 'key', versions: ['value'] });
    const seen: string[] = [];
    const client = createAdvancedClient((settings) => ({
      ...settings,
      apiURL: server.url,
      requestInterceptors: [
        ({ request }) => {
          seen.push(request.method);
          const authenticated = request.clone();
          authenticated.headers.set('x-auth-token', server.token);
          return authenticated;
        },
      ],
    }));
    const provider = new ScalewaySecretManagerProvider({ client, env: {}, defaultProjectId: server.projectId });
    expect(textOf(await provider.getSecret('scw://secret-manager/fr-par/key'))).toBe('value');
    expect(seen).toEqual(['GET']);
  });

  it('can be cancelled like our own', async () => {
    const server = await startServer({ faults: [{ kind: 'hang' }] });
    const client = createAdvancedClient((settings) => ({ ...settings, apiURL: server.url }));
    const provider = new ScalewaySecretManagerProvider({ client, env: {}, defaultProjectId: server.projectId });
    const reading = provider.getSecret('scw://secret-manager/fr-par/key', { timeoutMs: 40 });
    await expect(reading).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect.poll(() => server.requests[0]?.isClosedByClient).toBe(true);
  });
});

describe('fetch', () => {
  it('is given a URL and its parts, so that any implementation will do', async () => {
    const { server, connect } = await startBackend();
    server.addSecret({ name: 'key', versions: ['value'] });
    const urls: unknown[] = [];
    const provider = connect({
      fetch: async (input, init) => {
        urls.push(input);
        return fetch(input, init);
      },
    });
    await provider.getSecret('scw://secret-manager/key');
    expect(urls).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/secret-manager\/v1beta1\/regions\/fr-par\//),
    ]);
  });

  it('is never told to follow a redirect, which would carry the token away', async () => {
    const { server, provider } = await startBackend();
    server.inject({ kind: 'status', status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' });
    await expect(provider.getSecret('scw://secret-manager/key')).rejects.toMatchObject({ code: 'UNKNOWN' });
    expect(server.requests).toHaveLength(1);
  });
});
