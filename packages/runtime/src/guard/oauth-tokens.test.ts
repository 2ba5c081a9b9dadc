import {
  MemoryLeaseStore,
  OAuthTokenKeeper,
  oauthSecretProvider,
  requestCredentials,
  secretTokenStore,
} from '@mortise/auth';
import { defineIntegration, IntegrationError, type ResolvedAppConfig } from '@mortise/core';
import { cacheSecrets, type SecretProvider } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { configOf, integrationOf } from '../__fixtures__/application.ts';
import type { IntegrationCallResult } from './call-result.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

const REFERENCE = 'memory://tenants/acme/crm';

const CRM_SPEC = defineIntegration({
  meta: { key: 'crm.example', version: '1.0.0', title: 'CRM', owners: ['@team'], tags: ['crm'], category: 'crm' },
  supportedModes: ['managed'],
  capabilities: { provides: [{ key: 'crm.contacts' }] },
  configSchema: { schema: { type: 'object' } },
  secretSchema: {
    schema: {
      type: 'object',
      properties: { accessToken: { type: 'string', minLength: 1 }, refreshToken: { type: 'string' } },
      required: ['accessToken'],
      additionalProperties: false,
    },
  },
  transports: [{ type: 'rest', baseUrl: 'https://api.example.com' }],
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://auth.example.com/authorize',
      tokenUrl: 'https://auth.example.com/token',
      scopes: ['contacts'],
    },
  ],
});

const CONFIG: ResolvedAppConfig = configOf(
  integrationOf({
    spec: CRM_SPEC,
    slot: { slotId: 'crm', requiredCategory: 'crm' },
    binding: { slotId: 'crm' },
    meta: { integrationKey: 'crm.example' },
    connection: { config: {}, secretProvider: 'memory', secretRef: REFERENCE },
  }),
);

interface World {
  readonly clock: FakeClock;
  /** Tokens that the provider accepts. */
  readonly accepted: Set<string>;
  /** Tokens with which it was called. */
  readonly calls: string[];
  readonly renewals: () => number;
  /** Calls the provider through the guard. */
  call(this: void): Promise<IntegrationCallResult<string>>;
}

/** A provider whose tokens are kept; `refuseRenewal` fails every renewal for good. */
function worldOf(options: { readonly refuseRenewal?: boolean } = {}): World {
  const clock = new FakeClock();
  const accepted = new Set(['a1', 'a2']);
  const calls: string[] = [];
  let renewals = 0;
  const backend: SecretProvider = cacheSecrets(
    new MemorySecretProvider({ secrets: { [REFERENCE]: '{"accessToken":"a1","refreshToken":"r1"}' } }),
  );
  const keeper = new OAuthTokenKeeper({
    source: {
      kind: 'refresh',
      renew: async () => {
        renewals += 1;
        const number = renewals + 1;
        if (options.refuseRenewal !== true) {
          return { accessToken: `a${number}`, refreshToken: `r${number}`, tokenType: 'Bearer' };
        }
        return Promise.reject(new IntegrationError({ code: 'forbidden', message: 'no' }));
      },
    },
    store: secretTokenStore({ secrets: backend }),
    leases: new MemoryLeaseStore(clock),
    clock,
  });
  const guard = new IntegrationCallGuard(oauthSecretProvider(backend, { keeper, grantIdOf: (reference) => reference }));
  return {
    clock,
    accepted,
    calls,
    renewals: () => renewals,
    call: async () =>
      guard.executeWithGuards('crm', 'contacts.list', {}, CONFIG, async (_connection, secrets, context) => {
        const [method] = context.spec.supportedAuthMethods ?? [];
        if (method === undefined) throw new TypeError('the spec names no auth method');
        const token = requestCredentials(method, { secrets }).headers['Authorization']?.replace('Bearer ', '') ?? '';
        calls.push(token);
        if (accepted.has(token)) return 'contacts';
        throw new IntegrationError({ code: 'unauthenticated', message: `not ${token}`, httpStatus: 401 });
      }),
  };
}

describe('a kept OAuth token', () => {
  it('is what the executor gets, as the spec’s secret field', async () => {
    const { call, calls, renewals } = worldOf();
    expect(await call()).toMatchObject({ success: true, data: 'contacts' });
    expect([calls, renewals()]).toEqual([['a1'], 0]);
  });

  it('is renewed once after a 401, and the call is made once more', async () => {
    const { call, calls, renewals, accepted } = worldOf();
    accepted.delete('a1');
    expect(await call()).toMatchObject({ success: true, data: 'contacts' });
    expect([calls, renewals()]).toEqual([['a1', 'a2'], 1]);
  });

  it('is renewed once for many calls that are refused at once', async () => {
    const { call, calls, renewals, accepted } = worldOf();
    accepted.delete('a1');
    const results = await Promise.all(Array.from({ length: 8 }, call));
    expect(results.every(({ success }) => success)).toBe(true);
    expect([new Set(calls), renewals()]).toEqual([new Set(['a1', 'a2']), 1]);
  });

  it('is not renewed a second time where the new one is refused, too', async () => {
    const { call, calls, renewals, accepted } = worldOf();
    accepted.clear();
    expect(await call()).toMatchObject({ success: false });
    expect([calls, renewals()]).toEqual([['a1', 'a2'], 1]);
  });

  it('ends calls before they are made once somebody has to authorise again', async () => {
    const { call, calls, renewals, accepted } = worldOf({ refuseRenewal: true });
    accepted.delete('a1');
    expect(await call()).toMatchObject({ success: false, error: { code: expect.not.stringMatching(/SECRET/) } });
    expect(await call()).toMatchObject({
      success: false,
      error: { code: 'SECRET_FORBIDDEN', message: expect.stringContaining('AUTH_REQUIRED'), retryable: false },
    });
    expect([calls, renewals()]).toEqual([['a1'], 1]);
  });
});
