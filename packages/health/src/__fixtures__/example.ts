import {
  defineIntegration,
  type IntegrationConnection,
  type IntegrationSpec,
  type RestTransportConfig,
} from '@mortise/core';
import type { FetchLike, HttpClock } from '@mortise/http';
import { FakeClock } from '@mortise/testing';

export const API_KEY = 'canary-4711-secret-0815';
export const SECRETS = { apiKey: API_KEY };

type SpecParts = Partial<
  Pick<
    IntegrationSpec,
    | 'healthCheck'
    | 'transports'
    | 'preferredTransport'
    | 'versionPolicy'
    | 'webhooks'
    | 'supportedAuthMethods'
    | 'configSchema'
  >
>;

/** A spec with a health request, but for what the test changes. */
export function specOf(parts: SpecParts = {}, transport: Partial<RestTransportConfig> = {}): IntegrationSpec {
  return defineIntegration({
    meta: { key: 'crm.example', version: '1.0.0', owners: ['@team.crm'], tags: ['crm'], category: 'crm' },
    supportedModes: ['managed', 'byok'],
    capabilities: { provides: [{ key: 'crm.contacts' }] },
    configSchema: { schema: { type: 'object', properties: { account: { type: 'string' } } } },
    secretSchema: {
      schema: {
        type: 'object',
        properties: { apiKey: { type: 'string', minLength: 8 }, webhookSecret: { type: 'string' } },
      },
    },
    transports: [{ type: 'rest', baseUrl: 'https://api.example.com/v1', ...transport }],
    supportedAuthMethods: [{ type: 'bearer', tokenField: 'apiKey' }],
    healthCheck: { timeoutMs: 4000, request: { path: '/me' } },
    ...parts,
  });
}

/** A connection of that spec. */
export function connectionOf(id = 'c1', parts: Partial<IntegrationConnection> = {}): IntegrationConnection {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    meta: {
      id,
      tenantId: 'acme',
      integrationKey: 'crm.example',
      integrationVersion: '1.0.0',
      label: 'CRM',
      createdAt: at,
      updatedAt: at,
    },
    ownershipMode: 'managed',
    config: {},
    secretProvider: 'fixture',
    secretRef: 'fixture://crm',
    status: 'connected',
    ...parts,
  };
}

/** A `fetch` that answers as the test says. */
export function answering(answer: (url: URL, init: RequestInit) => Response | Promise<Response>): FetchLike {
  return async (url, init) => answer(new URL(url), init);
}

/** A virtual clock in the shape that the package takes, with the fake behind it. */
export function virtualClock(): { readonly fake: FakeClock; readonly clock: HttpClock } {
  const fake = new FakeClock();
  return {
    fake,
    clock: { now: () => new Date(fake.now()), monotonicMs: fake.monotonicMs, setTimer: fake.setTimer },
  };
}
