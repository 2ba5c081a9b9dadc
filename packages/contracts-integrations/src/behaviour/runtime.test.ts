import type { IntegrationAuthConfig, IntegrationTransportConfig } from '@mortise/core';
import {
  connectionStatusLabel,
  DEFAULT_HEALTH_STRATEGY_ORDER,
  DefaultTransportResolver,
  ensureConnectionReady,
  IntegrationCallGuard,
  type IntegrationCallGuardOptions,
  type IntegrationTelemetryEvent,
  isUnofficialHealthProviderAllowed,
  resolveAuthMethod,
  resolveHealthStrategyOrder,
  resolveIntegrationRequestContext,
} from '@mortise/contracts-integrations/integrations/runtime';
import type { SecretProvider } from '@mortise/contracts-integrations/integrations/secrets/provider';
import { describe, expect, it, vi } from 'vitest';
import { configWith } from '../__fixtures__/resolved-config.ts';

/** A secret backend as callers wrote it before: no options, no optional methods. */
function backendWith(text: string) {
  const reads: string[] = [];
  const backend: SecretProvider = {
    id: 'memory',
    canHandle: (reference) => reference.startsWith('memory://'),
    async getSecret(reference) {
      reads.push(reference);
      return { data: new TextEncoder().encode(text), version: '1', retrievedAt: new Date() };
    },
    async setSecret(reference) {
      return { reference, version: '2' };
    },
    async rotateSecret(reference) {
      return { reference, version: '2' };
    },
    async deleteSecret() {},
  };
  return Object.assign(backend, { reads });
}

function guardWith(options: IntegrationCallGuardOptions = {}, secret = '{"apiKey":"k","port":1,"tls":true}') {
  const events: IntegrationTelemetryEvent[] = [];
  const sleep = vi.fn<(ms: number) => Promise<void>>(async () => {});
  const backend = backendWith(secret);
  const telemetry = { record: (event: IntegrationTelemetryEvent) => void events.push(event) };
  return { guard: new IntegrationCallGuard(backend, { telemetry, sleep, ...options }), events, sleep, backend };
}

describe('a guarded call', () => {
  it('fails for a slot that is not bound, without telemetry', async () => {
    const { guard, events } = guardWith();
    const result = await guard.executeWithGuards('other', 'chat', {}, configWith(), async () => 'unreached');
    expect(result).toMatchObject({
      success: false,
      error: { code: 'SLOT_NOT_BOUND', retryable: false },
      metadata: { latencyMs: 0, connectionId: 'unknown', ownershipMode: 'managed', attempts: 0 },
    });
    expect(result.error?.message).toMatch(/other.*tenant-1/);
    expect(events).toEqual([]);
  });

  it.each(['disconnected', 'error'] as const)('fails for a connection that is %s, with one event', async (status) => {
    const { guard, events, backend } = guardWith();
    const result = await guard.executeWithGuards(
      'primary',
      'chat',
      {},
      configWith({ status }),
      async () => 'unreached',
    );
    expect(result).toMatchObject({
      success: false,
      error: { code: 'CONNECTION_NOT_READY' },
      metadata: { attempts: 0 },
    });
    expect(events).toMatchObject([{ status: 'error', errorCode: 'CONNECTION_NOT_READY' }]);
    expect(backend.reads).toEqual([]);
  });

  it.each(['connected', 'unknown'] as const)('runs for a connection that is %s', async (status) => {
    const { guard } = guardWith();
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith({ status }), async () => 'done');
    expect(result).toMatchObject({ success: true, data: 'done' });
  });

  it('hands the parsed secret to the executor and reports one success', async () => {
    const { guard, events } = guardWith();
    const seen: unknown[] = [];
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith(), async (connection, secrets) => {
      // Spread: as it is, the record shows none of its values.
      seen.push(connection.meta.id, { ...secrets });
      return 42;
    });
    expect(result).toMatchObject({ success: true, data: 42, metadata: { connectionId: 'conn-1', attempts: 1 } });
    expect(seen).toEqual(['conn-1', { apiKey: 'k', port: '1', tls: 'true' }]);
    expect(events).toMatchObject([
      {
        status: 'success',
        integrationKey: 'ai-llm.example',
        metadata: { blueprint: 'blueprint.v1.0.0', configVersion: '3', operation: 'chat' },
      },
    ]);
  });

  it('hands over a secret that is no JSON object as one field', async () => {
    const { guard } = guardWith({}, 'plain');
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith(), async (_c, secrets) => ({
      ...secrets,
    }));
    expect(result.data).toEqual({ secret: 'plain' });
  });

  it('repeats a retryable failure after the same wait each time', async () => {
    const { guard, events, sleep, backend } = guardWith();
    const executor = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(Object.assign(new Error('busy'), { retryable: true, code: 'BUSY' }))
      .mockRejectedValueOnce(Object.assign(new Error('busy'), { retryable: true, status: 429 }))
      .mockResolvedValueOnce('done');
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith(), executor);
    expect(result).toMatchObject({ success: true, data: 'done', metadata: { attempts: 3 } });
    expect(sleep.mock.calls).toEqual([[250], [250]]);
    expect(events.map(({ status }) => status)).toEqual(['error', 'error', 'success']);
    expect(backend.reads).toHaveLength(1);
  });

  it('ends at a failure that is not retryable, under the code of the error', async () => {
    const { guard, events } = guardWith();
    const executor = vi
      .fn<() => Promise<string>>()
      .mockRejectedValue(Object.assign(new Error('no'), { code: 'DENIED' }));
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith(), executor);
    expect(result).toMatchObject({
      success: false,
      error: { code: 'DENIED', message: 'no', retryable: false },
      metadata: { attempts: 1 },
    });
    expect(executor).toHaveBeenCalledTimes(1);
    expect(events).toMatchObject([{ status: 'error', errorCode: 'DENIED' }]);
  });

  it('has a code of its own for an error without a text code', async () => {
    const { guard } = guardWith();
    const failing = async () => {
      throw Object.assign(new Error('no'), { code: 7 });
    };
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith(), failing);
    expect(result.error).toMatchObject({ code: 'PROVIDER_ERROR', message: 'no' });
  });

  it('makes at least one attempt and never waits less than nothing', async () => {
    const { guard, sleep } = guardWith({ maxAttempts: 0, backoffMs: -5 });
    const result = await guard.executeWithGuards('primary', 'chat', {}, configWith(), async () => {
      throw Object.assign(new Error('no'), { retryable: true });
    });
    expect(result).toMatchObject({ error: { retryable: true }, metadata: { attempts: 1 } });
    expect(sleep).not.toHaveBeenCalled();
  });

  it('sets no limit unless asked to', async () => {
    const timers: number[] = [];
    const clock = {
      now: () => new Date(0),
      monotonicMs: () => 0,
      setTimer: (_callback: () => void, ms: number) => {
        timers.push(ms);
        return () => {};
      },
    };
    const spec = configWith().integrations[0]?.spec;
    const limited = spec && { ...spec, constraints: { rateLimit: { rpm: 1 } } };
    const call = async ({ guard }: ReturnType<typeof guardWith>) =>
      guard.executeWithGuards('primary', 'chat', {}, configWith({}, limited), async () => 'done');
    const unlimited = guardWith({ clock });
    for (let index = 0; index < 5; index += 1) expect(await call(unlimited)).toMatchObject({ success: true });
    expect(timers.filter(Number.isFinite)).toEqual([]);
    await call(guardWith({ clock, policy: { totalTimeoutMs: 30_000 } }));
    expect(timers.filter(Number.isFinite)).toContain(30_000);
  });

  it('lets a tenant’s own connection use a backend of the host, unless told otherwise', async () => {
    const backend = Object.assign(backendWith('plain'), { hostOwned: true });
    const call = async (options: IntegrationCallGuardOptions) =>
      new IntegrationCallGuard(backend, options).executeWithGuards(
        'primary',
        'chat',
        {},
        configWith({ ownershipMode: 'byok' }),
        async () => 'done',
      );
    expect(await call({})).toMatchObject({ success: true });
    expect(await call({ allowHostSecretsForByok: false })).toMatchObject({ error: { code: 'SECRET_NOT_ALLOWED' } });
  });
});

describe('readiness', () => {
  it('throws for a connection that cannot be used, and says which and why', () => {
    const [failed] = configWith({ status: 'error' }).integrations;
    const [unknown] = configWith({ status: 'unknown' }).integrations;
    if (failed === undefined || unknown === undefined) throw new Error('no integration');
    expect(() => ensureConnectionReady(failed)).toThrow(/Example.*"error"/);
    expect(() => ensureConnectionReady(unknown)).not.toThrow();
    expect(connectionStatusLabel('connected')).toBe('connected');
  });
});

describe('health strategies', () => {
  it('leave unofficial ways out unless they are allowed', () => {
    expect(resolveHealthStrategyOrder()).not.toContain('unofficial');
    expect(resolveHealthStrategyOrder({ allowUnofficial: true })).toEqual(DEFAULT_HEALTH_STRATEGY_ORDER);
    expect(isUnofficialHealthProviderAllowed('health.peloton')).toBe(false);
    const listed = { allowUnofficial: true, unofficialAllowList: ['health.peloton'] };
    expect(isUnofficialHealthProviderAllowed('health.peloton', listed)).toBe(true);
    expect(isUnofficialHealthProviderAllowed('health.eightsleep', listed)).toBe(false);
  });
});

describe('request contexts', () => {
  const rest: IntegrationTransportConfig = { type: 'rest', baseUrl: 'https://api.example.com' };
  const mcp: IntegrationTransportConfig = { type: 'mcp', transport: 'http', url: 'https://mcp.example.com' };
  const bearer: IntegrationAuthConfig = { type: 'bearer' };
  const key: IntegrationAuthConfig = { type: 'api-key' };
  const resolver = new DefaultTransportResolver();

  it.each([
    ['the connection’s', [rest, mcp], 'rest', 'mcp', 'mcp'],
    ['the preferred one', [rest, mcp], 'mcp', undefined, 'mcp'],
    ['the first listed', [mcp, rest], undefined, undefined, 'mcp'],
    ['rest, where none is listed', [], undefined, undefined, 'rest'],
    ['not one that is unsupported', [rest], undefined, 'sdk', 'rest'],
  ] as const)('take %s as transport', (...row) => {
    const [, transports, preferred, connection, expected] = row;
    expect(resolver.resolve(transports, preferred, connection)).toBe(expected);
  });

  it('take the auth method of the connection, then the first', () => {
    expect(resolveAuthMethod([bearer, key], 'api-key')).toBe('api-key');
    expect(resolveAuthMethod([bearer, key])).toBe('bearer');
    expect(resolveAuthMethod(undefined, 'basic')).toBe('basic');
    expect(resolveAuthMethod()).toBeUndefined();
    expect(resolveAuthMethod([bearer], 'oauth2')).toBe('bearer');
  });

  it('are complete, from both sides or none', () => {
    const versionPolicy = { currentVersion: '2', supportedVersions: [] };
    const spec = { transports: [rest, mcp], supportedAuthMethods: [bearer, key], versionPolicy };
    const connection = { activeTransport: 'mcp', authMethod: 'api-key', apiVersion: '1' } as const;
    expect(resolveIntegrationRequestContext(spec, connection)).toEqual({
      transport: 'mcp',
      authMethod: 'api-key',
      apiVersion: '1',
    });
    expect(resolveIntegrationRequestContext(spec, {})).toEqual({
      transport: 'rest',
      authMethod: 'bearer',
      apiVersion: '2',
    });
    expect(resolveIntegrationRequestContext({}, {})).toEqual({
      transport: 'rest',
      authMethod: undefined,
      apiVersion: undefined,
    });
  });
});
