import type { IntegrationSpec, Page, ResolvedAppConfig } from '@mortise/core';
import { IntegrationCallGuard, type IntegrationCallGuardOptions, type RateLimiter } from '@mortise/runtime';
import type { SecretProvider } from '@mortise/secrets';
import { assertNoCanary } from '@mortise/testing';
import { type ProviderServer, startProviderServer } from '@mortise/testing/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { API_KEY, specOf } from '../__fixtures__/example-api.ts';
import { paginate } from '../pagination/paginate.ts';
import { integrationExecutor } from './integration-executor.ts';

let server: ProviderServer;
let spec: IntegrationSpec;

beforeAll(async () => {
  server = await startProviderServer({
    handler: (request) => {
      if (request.headers['authorization'] !== `Bearer ${API_KEY}`) {
        return Response.json({ error: `bad key ${request.headers['authorization'] ?? ''}` }, { status: 401 });
      }
      const page = Number(new URL(request.path, server.url).searchParams.get('page') ?? 1);
      return Response.json({ rows: page < 3 ? [page * 2 - 1, page * 2] : [], path: request.path });
    },
  });
  spec = specOf({
    transport: {
      baseUrl: server.url,
      idempotency: { header: 'Idempotency-Key' },
      pagination: { style: 'page', items: '/rows', param: 'page' },
      errors: {
        message: [{ pointer: '/error' }],
        rules: [
          { when: { status: 403, body: [{ pointer: '/code', equals: 'slow' }] }, means: 'throttled' },
          { when: { status: 403, body: [{ pointer: '/code', equals: 'expired' }] }, means: 'bad_credential' },
          { when: { status: 401, body: [{ pointer: '/code', equals: 'scope' }] }, means: 'missing_scope' },
        ],
      },
    },
  });
});

beforeEach(() => {
  server.clearRequests();
  server.setFaults();
});

afterAll(() => server.close());

function setup(options: IntegrationCallGuardOptions = {}, versions: readonly string[] = [API_KEY]) {
  let reads = 0;
  const refuse = (): Promise<never> => Promise.reject(new TypeError('not here'));
  const secrets: SecretProvider = {
    id: 'fixture',
    canHandle: () => true,
    getSecret: async () => {
      const apiKey = versions[Math.min(reads, versions.length - 1)];
      reads += 1;
      return {
        data: new TextEncoder().encode(JSON.stringify({ apiKey })),
        version: String(reads),
        retrievedAt: new Date(0),
      };
    },
    setSecret: refuse,
    rotateSecret: refuse,
    deleteSecret: refuse,
  };
  const at = '2026-01-01T00:00:00Z';
  const config: ResolvedAppConfig = {
    appId: 'app',
    tenantId: 'acme',
    blueprintName: 'app',
    blueprintVersion: '1.0.0',
    configVersion: '1',
    integrations: [
      {
        slot: { slotId: 'crm', requiredCategory: 'crm' },
        binding: { slotId: 'crm', connectionId: 'c1' },
        connection: {
          meta: {
            id: 'c1',
            tenantId: 'acme',
            integrationKey: spec.meta.key,
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
        },
        spec,
      },
    ],
  };
  const sleeps: number[] = [];
  const guard = new IntegrationCallGuard(secrets, {
    sleep: async (ms) => {
      sleeps.push(ms);
    },
    random: () => 0.5,
    ...options,
  });
  const credentialsOf = () => server.requests.map(({ headers }) => headers['authorization']);
  return { guard, config, sleeps, credentialsOf, reads: () => reads };
}

const getMe = () => integrationExecutor(spec, (client) => client.json({ path: '/me' }));

describe('a client within the call guard', () => {
  it('has the attempt’s secret, and the same idempotency key in every attempt', async () => {
    const { guard, config } = setup();
    server.inject({ kind: 'status', status: 503 }, 'none');
    const work = integrationExecutor(spec, async (client) => {
      await client.json({ path: '/first', json: {} });
      return client.json({ path: '/second', json: {} });
    });
    const result = await guard.executeWithGuards('crm', 'write', {}, config, work, { idempotencyKey: 'key-1' });
    expect(result).toMatchObject({ success: true, data: { path: '/second' }, metadata: { attempts: 2 } });
    expect(server.requests.map(({ path, headers }) => [path, headers['idempotency-key']])).toEqual([
      ['/first', 'key-1'],
      ['/first', 'key-1'],
      ['/second', 'key-1-2'],
    ]);
  });

  it('waits as long as the provider asks', async () => {
    const { guard, config, sleeps } = setup({ rateLimiter: { acquire: () => ({ retryAfterMs: 0 }) } });
    server.inject({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    expect(await guard.executeWithGuards('crm', 'me', {}, config, getMe())).toMatchObject({ success: true });
    expect(sleeps).toEqual([7000]);
  });

  it('reads the secret anew when the credential is refused, once, whatever status the provider uses for that', async () => {
    const { guard, config, credentialsOf } = setup({}, ['old-key-000000', API_KEY]);
    expect(await guard.executeWithGuards('crm', 'me', {}, config, getMe())).toMatchObject({ success: true });
    expect(credentialsOf()).toEqual(['Bearer old-key-000000', `Bearer ${API_KEY}`]);
    const other = setup({}, ['first-key-0000', API_KEY]);
    server.clearRequests();
    server.inject({ kind: 'status', status: 403, body: '{"code":"expired"}' });
    expect(await other.guard.executeWithGuards('crm', 'me', {}, other.config, getMe())).toMatchObject({
      success: true,
    });
    expect(other.reads()).toBe(2);
  });

  it('does not read the secret anew where a scope is missing', async () => {
    const { guard, config, reads } = setup();
    server.inject({ kind: 'status', status: 401, body: '{"code":"scope"}' });
    const result = await guard.executeWithGuards('crm', 'me', {}, config, getMe());
    expect(result).toMatchObject({
      success: false,
      error: { code: 'forbidden', class: 'permanent' },
      metadata: { attempts: 1 },
    });
    expect(reads()).toBe(1);
  });

  it('makes others wait after a refusal, also one with an odd status, and once a limit is used up', async () => {
    const pause = vi.fn<NonNullable<RateLimiter['pause']>>();
    const { guard, config } = setup({ maxAttempts: 1, rateLimiter: { acquire: () => ({ retryAfterMs: 0 }), pause } });
    server.inject({ kind: 'status', status: 403, body: '{"code":"slow"}', headers: { 'retry-after': '3' } });
    await guard.executeWithGuards('crm', 'me', {}, config, getMe());
    server.inject({ kind: 'status', status: 200, body: '{}', headers: { ratelimit: '"a";r=0;t=4' } });
    await guard.executeWithGuards('crm', 'me', {}, config, getMe());
    expect(pause.mock.calls.map(([, durationMs]) => durationMs)).toEqual([3000, 4000]);
  });

  it('ends with the attempt', async () => {
    const { guard, config } = setup({ maxAttempts: 1, policy: { attemptTimeoutMs: 100 } });
    server.inject({ kind: 'hang' });
    const result = await guard.executeWithGuards('crm', 'me', {}, config, getMe());
    expect(result).toMatchObject({ success: false, error: { code: 'ATTEMPT_TIMEOUT' } });
    await expect.poll(() => server.requests[0]?.isClosedByClient).toBe(true);
  });

  it('does not repeat a write whose outcome is open', async () => {
    const { guard, config } = setup();
    server.inject({ kind: 'reset' });
    const work = integrationExecutor(spec, (client) => client.json({ path: '/x', method: 'PATCH', json: {} }));
    const result = await guard.executeWithGuards('crm', 'write', {}, config, work);
    expect(result).toMatchObject({ success: false, error: { code: 'outcome_unknown' }, metadata: { attempts: 1 } });
  });

  it('tells no secret in a failed result', async () => {
    const { guard, config } = setup({}, [`${API_KEY}x`]);
    const result = await guard.executeWithGuards('crm', 'me', {}, config, getMe());
    expect(result).toMatchObject({ success: false, error: { httpStatus: 401 } });
    assertNoCanary(result, API_KEY);
  });

  it('reads a list with one guarded call for each page', async () => {
    const { guard, config } = setup();
    server.inject('none', { kind: 'status', status: 503 });
    const attempts: number[] = [];
    const rows = paginate(async (cursor, signal): Promise<Page<unknown>> => {
      const work = integrationExecutor(spec, (client) =>
        client.page({ path: '/rows' }, cursor === undefined ? {} : { cursor }),
      );
      const result = await guard.executeWithGuards('crm', 'list', { cursor }, config, work, { signal });
      if (!result.success) throw new Error(result.error.message);
      attempts.push(result.metadata.attempts);
      return result.data;
    });
    const all: unknown[] = [];
    for await (const row of rows) all.push(row);
    expect(all).toEqual([1, 2, 3, 4]);
    expect(attempts).toEqual([1, 2, 1]);
  });
});
