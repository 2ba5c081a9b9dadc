import { defineIntegration, IntegrationError, type ResolvedAppConfig, type ResolvedIntegration } from '@mortise/core';
import { IntegrationCallGuard, type IntegrationExecutorContext } from '@mortise/runtime';
import { cacheSecrets, type SecretProvider, SecretProviderError, SecretProviderManager } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { createCanary, FakeClock, findCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { RotatingServer } from '../__fixtures__/rotating-server.ts';
import { requestCredentials } from '../credentials/request-credentials.ts';
import { AuthError } from '../errors/auth-error.ts';
import { oauthSecretProvider } from './oauth-secret-provider.ts';
import { OAuthTokenKeeper } from './oauth-token-keeper.ts';
import type { SecretBackend } from './secret-backend.ts';
import { secretTokenStore } from './secret-token-store.ts';

const REFERENCE = 'memory://tenants/acme/crm';
const CLIENT_SECRET = createCanary(31, 'token');

const SPEC = defineIntegration({
  meta: { key: 'crm.example', version: '1.0.0', title: 'CRM', owners: ['@team'], tags: ['crm'], category: 'crm' },
  supportedModes: ['byok'],
  capabilities: { provides: [{ key: 'crm.contacts' }] },
  configSchema: { schema: { type: 'object' } },
  secretSchema: {
    schema: {
      type: 'object',
      properties: {
        clientSecret: { type: 'string' },
        accessToken: { type: 'string', minLength: 1 },
        refreshToken: { type: 'string' },
      },
      required: ['clientSecret', 'accessToken'],
      additionalProperties: false,
    },
  },
  transports: [{ type: 'rest', baseUrl: 'https://api.example.com' }],
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://as.example.com/authorize',
      tokenUrl: 'https://as.example.com/token',
      scopes: ['contacts'],
    },
  ],
});

const INTEGRATION: ResolvedIntegration = {
  slot: { slotId: 'crm', requiredCategory: 'crm' },
  binding: { slotId: 'crm', connectionId: 'conn-1' },
  connection: {
    meta: {
      id: 'conn-1',
      tenantId: 'acme',
      integrationKey: 'crm.example',
      integrationVersion: '1.0.0',
      label: 'CRM',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    },
    ownershipMode: 'byok',
    config: {},
    secretProvider: 'memory',
    secretRef: REFERENCE,
    status: 'connected',
  },
  spec: SPEC,
};

const CONFIG: ResolvedAppConfig = {
  appId: 'app',
  tenantId: 'acme',
  environment: 'test',
  blueprintName: 'app',
  blueprintVersion: '1.0.0',
  configVersion: '1',
  integrations: [INTEGRATION],
};

interface World {
  readonly clock: FakeClock;
  readonly server: RotatingServer;
  readonly keeper: OAuthTokenKeeper;
  readonly secrets: SecretProvider;
  readonly backend: MemorySecretProvider;
  readonly guard: IntegrationCallGuard;
  /** Tokens with which the provider was called. */
  readonly calls: string[];
  /** Calls the provider through the guard; it answers 401 to tokens that it does not accept. */
  call(this: void): ReturnType<IntegrationCallGuard['executeWithGuards']>;
}

async function worldOf(): Promise<World> {
  const clock = new FakeClock();
  const server = new RotatingServer({ clock, latencyMs: 0 });
  const { accessToken, refreshToken } = server.grant();
  const backend = new MemorySecretProvider({
    secrets: { [REFERENCE]: JSON.stringify({ clientSecret: CLIENT_SECRET, accessToken, refreshToken }) },
  });
  const manager = new SecretProviderManager({ providers: [{ provider: backend }] });
  const cached = cacheSecrets(manager);
  const keeper = new OAuthTokenKeeper({
    source: server.sourceOf(),
    store: secretTokenStore({ secrets: cached }),
    clock,
  });
  const secrets: SecretProvider = oauthSecretProvider(cached, { keeper, grantIdOf: (reference) => reference });
  const calls: string[] = [];
  const guard = new IntegrationCallGuard(secrets);
  const executor = async (
    _connection: unknown,
    fields: Record<string, string>,
    context: IntegrationExecutorContext,
  ): Promise<string> => {
    const method = context.authConfig ?? expect.unreachable('no auth config');
    const header = requestCredentials(method, { secrets: fields }).headers['Authorization'] ?? '';
    const token = header.replace('Bearer ', '');
    calls.push(token);
    if (server.accepts(token)) return 'contacts';
    throw new IntegrationError({ code: 'unauthenticated', message: `401 for ${token}`, httpStatus: 401 });
  };
  return {
    clock,
    server,
    keeper,
    secrets,
    backend,
    guard,
    calls,
    call: async () => guard.executeWithGuards('crm', 'contacts.list', {}, CONFIG, executor),
  };
}

describe('kept tokens in the call guard', () => {
  it('are what the executor gets, beside the secret’s other fields', async () => {
    const { call, calls, server } = await worldOf();
    expect(await call()).toMatchObject({ success: true, data: 'contacts' });
    expect(await call()).toMatchObject({ success: true });
    expect([calls, server.requests]).toEqual([['a1', 'a1'], 0]);
  });

  it('are renewed once after a 401, and the call is made once more', async () => {
    const { call, calls, server, clock, backend } = await worldOf();
    await call();
    await clock.advance(60_000);
    server.kill('a1');
    expect(await call()).toMatchObject({ success: true, data: 'contacts', metadata: { attempts: 2 } });
    expect([calls, server.requests]).toEqual([['a1', 'a1', 'a2'], 1]);
    const stored = JSON.parse(new TextDecoder().decode((await backend.getSecret(REFERENCE)).data));
    expect(stored).toMatchObject({ clientSecret: CLIENT_SECRET, accessToken: 'a2', refreshToken: 'r2' });
  });

  it('are renewed once for many calls that are refused at once', async () => {
    const { call, calls, server, clock } = await worldOf();
    await call();
    await clock.advance(60_000);
    server.kill('a1');
    const results = await Promise.all(Array.from({ length: 30 }, call));
    expect(results.every(({ success }) => success)).toBe(true);
    expect(server.requests).toBe(1);
    expect(new Set(calls)).toEqual(new Set(['a1', 'a2']));
  });

  it('end the call after one renewal where the new token is refused, too', async () => {
    const { call, calls, server, clock } = await worldOf();
    await call();
    await clock.advance(60_000);
    server.accepts = () => false;
    expect(await call()).toMatchObject({ success: false, metadata: { attempts: 2 } });
    expect([calls, server.requests]).toEqual([['a1', 'a1', 'a2'], 1]);
  });

  it('end the call before it is made where somebody has to authorise again', async () => {
    const { call, calls, server, clock, keeper } = await worldOf();
    server.isEnded = true;
    await call();
    expect(calls).toEqual(['a1']);
    // The refused call ended the grant.
    expect(await keeper.status(REFERENCE)).toMatchObject({ state: 'auth_required', reason: 'invalid_grant' });
    await clock.advance(60_000);
    const result = await call();
    expect(result).toMatchObject({
      success: false,
      error: { code: 'SECRET_FORBIDDEN', message: expect.stringContaining('AUTH_REQUIRED'), retryable: false },
    });
    expect([calls, server.requests]).toEqual([['a1'], 1]);
    expect(findCanary(result, CLIENT_SECRET)).toEqual([]);
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
      { keeper, grantIdOf: (reference) => reference },
    );
    await expect(broken.getSecret('x')).rejects.toMatchObject({ code: 'THROTTLED' });
    await expect(secrets.getSecret(REFERENCE, { signal: AbortSignal.abort('left') })).rejects.toBe('left');
  });
});
