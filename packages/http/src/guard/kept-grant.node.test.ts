import {
  MemoryTokenStore,
  OAuthClient,
  oauthSecretProvider,
  OAuthTokenKeeper,
  refreshTokenSource,
  requestCredentials,
} from '@mortise/auth';
import { IntegrationSpecRegistry, type IntegrationSpec, type OAuth2AuthConfig } from '@mortise/core';
import { IntegrationCallGuard, resolveAppConfig } from '@mortise/runtime';
import type { SecretProvider } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { type ProviderServer, startProviderServer } from '@mortise/testing/server';
import { afterEach, describe, expect, it } from 'vitest';
import { specOf } from '../__fixtures__/example-api.ts';
import { integrationExecutor } from './integration-executor.ts';

const REFERENCE = 'memory://acme/crm';
const AT = '2026-01-01T00:00:00Z';

let server: ProviderServer;
afterEach(() => server.close());

/** A provider with refresh tokens that work once, and an API that takes only the newest access token. */
async function startProvider(isEnded = false) {
  const seen = { refreshes: [] as (string | null)[], calls: [] as (string | undefined)[] };
  let serial = 1;
  server = await startProviderServer({
    handler: (request) => {
      if (request.path === '/token') {
        const sent = new URLSearchParams(request.text()).get('refresh_token');
        seen.refreshes.push(sent);
        if (isEnded || sent !== `refresh-${serial}`) return Response.json({ error: 'invalid_grant' }, { status: 400 });
        serial += 1;
        return Response.json({
          access_token: `access-${serial}`,
          refresh_token: `refresh-${serial}`,
          token_type: 'bearer',
          expires_in: 3600,
        });
      }
      const { authorization } = request.headers;
      seen.calls.push(authorization);
      // The token that was issued first was revoked long before its end.
      return authorization === `Bearer access-${serial}` && serial > 1
        ? Response.json({ me: 'ada' })
        : Response.json({ error: 'expired' }, { status: 401 });
    },
  });
  return seen;
}

async function setup() {
  const method: OAuth2AuthConfig = {
    type: 'oauth2',
    grantType: 'authorization_code',
    authorizationUrl: `${server.url}/authorize`,
    tokenUrl: `${server.url}/token`,
    scopes: ['contacts.read'],
    tokenField: 'token',
    refresh: { rotation: 'rotating' },
  };
  const client = new OAuthClient(method, {
    config: { clientId: 'app' },
    secrets: { clientSecret: 'shh' },
    allowInsecureLoopback: true,
  });
  const store = new MemoryTokenStore();
  const token = { accessToken: 'access-1', tokenType: 'Bearer', refreshToken: 'refresh-1' };
  await store.save(REFERENCE, { token, obtainedAt: AT }, { expected: undefined });
  const keeper = new OAuthTokenKeeper({ source: refreshTokenSource(client), store });
  const secrets = oauthSecretProvider<SecretProvider>(new MemorySecretProvider(), {
    keeper,
    grantIdOf: (reference) => reference,
    tokenField: 'token',
  });
  const spec = specOf({ transport: { baseUrl: server.url }, auth: [{ type: 'bearer', tokenField: 'token' }] });
  const { config } = resolveAppConfig({
    appId: 'app',
    tenantId: 'acme',
    blueprint: { name: 'app', version: '1.0.0', slots: [{ slotId: 'crm', requiredCategory: 'crm' }] },
    configVersion: '1',
    bindings: [{ slotId: 'crm', connectionId: 'c1' }],
    connections: [connectionOf(spec)],
    specs: new IntegrationSpecRegistry([spec]),
  });
  const guard = new IntegrationCallGuard(secrets, { sleep: async () => {} });
  const callMe = integrationExecutor(spec, (api) => api.json({ path: '/me' }));
  return { method, keeper, call: () => guard.executeWithGuards('crm', 'me', {}, config, callMe) };
}

function connectionOf(spec: IntegrationSpec) {
  return {
    meta: {
      id: 'c1',
      tenantId: 'acme',
      integrationKey: spec.meta.key,
      integrationVersion: '1.0.0',
      label: 'CRM',
      createdAt: AT,
      updatedAt: AT,
    },
    ownershipMode: 'managed',
    config: {},
    secretProvider: 'memory',
    secretRef: REFERENCE,
    status: 'connected',
  } as const;
}

describe('a guarded call with a kept grant whose token the provider refuses', () => {
  it('refreshes it once and tries once more, and the next call has the new token', async () => {
    const seen = await startProvider();
    const { method, keeper, call } = await setup();
    expect(await call()).toMatchObject({ success: true, data: { me: 'ada' }, metadata: { attempts: 2 } });
    expect(await call()).toMatchObject({ success: true, metadata: { attempts: 1 } });
    expect(seen).toEqual({
      refreshes: ['refresh-1'],
      calls: ['Bearer access-1', 'Bearer access-2', 'Bearer access-2'],
    });
    const token = await keeper.accessToken(REFERENCE);
    expect(requestCredentials(method, { token }).headers).toEqual({ Authorization: 'Bearer access-2' });
  });

  it('refreshes once for twenty calls at the same time', async () => {
    const seen = await startProvider();
    const { call } = await setup();
    const results = await Promise.all(Array.from({ length: 20 }, call));
    expect(results.every(({ success }) => success)).toBe(true);
    expect(seen.refreshes).toEqual(['refresh-1']);
  });

  it('stops where the grant is over: no loop, and no request without a token', async () => {
    const seen = await startProvider(true);
    const { call } = await setup();
    const refused = await call();
    expect(refused).toMatchObject({ success: false, error: { code: 'unauthenticated', retryable: false } });
    const [calls, refreshes] = [seen.calls.length, seen.refreshes.length];
    expect([calls, refreshes]).toEqual([1, 1]);
    expect(await call()).toMatchObject({ success: false, error: { code: 'AUTH_REQUIRED' } });
    expect(seen).toMatchObject({ calls: { length: 1 }, refreshes: { length: 1 } });
  });
});
