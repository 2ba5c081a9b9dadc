import type { IntegrationSpec, ResponseMeaning } from '@mortise/core';
import { assertNoCanary } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { answering, API_KEY, connectionOf, SECRETS, specOf, virtualClock } from '../__fixtures__/example.ts';
import type { HealthStatus } from '../health-status.ts';
import { databaseProbe } from '../probe/probe.ts';
import { checkConnection, type CheckConnectionOptions } from './check-connection.ts';
import { toConnectionHealth } from './connection-check.ts';

const never = () => new Promise<never>(() => undefined);

const check = (response: () => Response | Promise<Response>, spec = specOf(), options: CheckConnectionOptions = {}) =>
  checkConnection(spec, connectionOf(), SECRETS, { fetch: answering(response), ...options });

describe('a connection with a health request', () => {
  it('is asked as the spec says, and connected', async () => {
    const asked: unknown[] = [];
    const spec = specOf({
      healthCheck: {
        request: { method: 'POST', path: '/query?a={account}', headers: { 'X-Probe': '1' }, body: { q: 'me' } },
      },
    });
    const { clock, fake } = virtualClock();
    const result = await checkConnection(spec, connectionOf('c1', { config: { account: 'a/b' } }), SECRETS, {
      clock,
      fetch: answering((url, init) => {
        asked.push([init.method, url.href, new Headers(init.headers).get('authorization'), init.body]);
        return Response.json({});
      }),
    });
    expect(asked).toEqual([['POST', 'https://api.example.com/v1/query?a=a%2Fb', `Bearer ${API_KEY}`, '{"q":"me"}']]);
    expect(result).toEqual({
      connectionId: 'c1',
      integrationKey: 'crm.example',
      status: 'connected',
      connectionStatus: 'connected',
      probe: 'rest',
      checkedAt: '2026-01-01T00:00:00.000Z',
      latencyMs: 0,
    });
    expect(fake.pendingTimers).toBe(0);
    expect(toConnectionHealth(result)).toEqual({ status: 'connected', checkedAt: new Date(fake.now()), latencyMs: 0 });
  });

  it('may be asked at another host of the provider', async () => {
    const spec = specOf({ healthCheck: { request: { path: 'https://id.example.com/userinfo' } } });
    let href = '';
    await checkConnection(spec, connectionOf(), SECRETS, {
      fetch: answering((url) => ((href = url.href), Response.json({}))),
    });
    expect(href).toBe('https://id.example.com/userinfo');
  });

  it.each<[number, HealthStatus, string]>([
    [200, 'connected', 'connected'],
    [204, 'connected', 'connected'],
    [401, 'auth_required', 'disconnected'],
    [403, 'auth_required', 'disconnected'],
    [404, 'misconfigured', 'error'],
    [400, 'misconfigured', 'error'],
    [429, 'rate_limited', 'connected'],
    [402, 'rate_limited', 'connected'],
    [500, 'unreachable', 'error'],
    [502, 'unreachable', 'error'],
    [503, 'unreachable', 'error'],
    [409, 'unknown', 'unknown'],
  ])('is, where the answer is %i, %s (%s)', async (code, status, connectionStatus) => {
    const result = await check(() => new Response(code === 204 ? null : '', { status: code }));
    expect(result).toMatchObject({ status, connectionStatus, ...(code < 300 ? {} : { httpStatus: code }) });
  });

  it.each<[ResponseMeaning, HealthStatus]>([
    ['bad_credential', 'auth_required'],
    ['missing_scope', 'degraded'],
    ['throttled', 'rate_limited'],
    ['quota_exhausted', 'rate_limited'],
    ['misconfigured', 'misconfigured'],
    ['not_found', 'misconfigured'],
    ['invalid_request', 'misconfigured'],
    ['conflict', 'unknown'],
    ['unavailable', 'unreachable'],
  ])('is, where its rules say %s, %s; they go before those of all answers', async (means, status) => {
    const spec = specOf(
      { healthCheck: { request: { path: '/me', rules: [{ when: { status: 418 }, means }] } } },
      {
        errors: {
          rules: [
            { when: { status: 418 }, means: 'conflict' },
            { when: { status: 419 }, means: 'throttled' },
          ],
        },
      },
    );
    expect(await check(() => new Response('', { status: 418 }), spec)).toMatchObject({ status });
    expect(await check(() => new Response('', { status: 419 }), spec)).toMatchObject({ status: 'rate_limited' });
  });

  it('is connected by what the spec expects, and by nothing else', async () => {
    const spec = specOf({
      healthCheck: {
        request: {
          path: '/me',
          expect: { status: [200, 405], body: [{ pointer: '/ok', equals: true }] },
          rules: [{ when: { body: [{ pointer: '/error', equals: 'invalid_auth' }] }, means: 'bad_credential' }],
        },
      },
    });
    expect(await check(() => Response.json({ ok: true }, { status: 405 }), spec)).toMatchObject({
      status: 'connected',
    });
    expect(await check(() => Response.json({ ok: false, error: 'invalid_auth' }), spec)).toMatchObject({
      status: 'auth_required',
    });
    expect(await check(() => Response.json({ ok: false }), spec)).toMatchObject({ status: 'unknown', httpStatus: 200 });
  });

  it('is unreachable where the connection fails', async () => {
    const refused = () =>
      Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
    expect(await check(refused)).toMatchObject({ status: 'unreachable', errorCode: 'unavailable' });
  });

  it('is unreachable where no answer comes in time, and everything is ended', async () => {
    const { fake, clock } = virtualClock();
    let signal: AbortSignal | null | undefined;
    const fetch = answering((_url, init) => ((signal = init.signal), never()));
    const result = await fake.settle(checkConnection(specOf(), connectionOf(), SECRETS, { fetch, clock }));
    expect(result).toMatchObject({ status: 'unreachable', errorCode: 'timeout', latencyMs: 4000 });
    expect(signal?.aborted).toBe(true);
    expect(fake.pendingTimers).toBe(0);
  });

  it('is degraded where it is slow', async () => {
    const { fake, clock } = virtualClock();
    const slow = async () => {
      await fake.sleep(2500);
      return Response.json({});
    };
    expect(await fake.settle(check(slow, specOf(), { clock }))).toMatchObject({
      status: 'degraded',
      errorCode: 'SLOW',
      latencyMs: 2500,
    });
    expect(await fake.settle(check(slow, specOf(), { clock, slowAfterMs: 3000 }))).toMatchObject({
      status: 'connected',
    });
  });

  it('tells the wait that the provider asks for', async () => {
    const limited = () => new Response('', { status: 429, headers: { 'retry-after': '9', 'x-request-id': 'r1' } });
    expect(await check(limited)).toMatchObject({ status: 'rate_limited', retryAfterMs: 9000, requestId: 'r1' });
  });

  it('is unknown where nobody waits any more', async () => {
    const controller = new AbortController();
    const checking = check(never, specOf(), { signal: controller.signal });
    controller.abort();
    expect(await checking).toMatchObject({ status: 'unknown', errorCode: 'aborted' });
    expect(await check(never, specOf(), { signal: AbortSignal.abort() })).toMatchObject({ status: 'unknown' });
  });

  it('warns of an API version that ends', async () => {
    const spec = specOf({
      versionPolicy: {
        currentVersion: '1',
        supportedVersions: [{ version: '1', status: 'deprecated' }],
        versionHeader: 'x-version',
      },
    });
    expect((await check(() => Response.json({}), spec)).warnings).toEqual(['API version "1" is deprecated']);
  });
});

describe('a connection whose parts do not fit', () => {
  const fetch = vi.fn(() => Promise.resolve(Response.json({})));

  it.each([
    ['a secret without its field', specOf(), connectionOf(), {}, { errorCode: 'invalid_request' }],
    ['a secret that is too short', specOf(), connectionOf(), { apiKey: 'x' }, { errorCode: 'INVALID_SECRET' }],
    [
      'a config of another form',
      specOf(),
      connectionOf('c1', { config: { account: 5 } }),
      SECRETS,
      { errorCode: 'INVALID_CONFIG' },
    ],
    [
      'a host inside the network',
      specOf({}, { baseUrl: 'https://{account}/v1' }),
      connectionOf('c1', { config: { account: '127.0.0.1' } }),
      SECRETS,
      { errorCode: 'invalid_request' },
    ],
    ['a URL without its field', specOf({}, { baseUrl: 'https://{account}.example.com' }), connectionOf(), SECRETS, {}],
  ])('is misconfigured: %s; nothing is sent', async (...[, spec, connection, secrets, expected]) => {
    fetch.mockClear();
    const result = await checkConnection(spec, connection, secrets, { fetch });
    expect(result).toMatchObject({ status: 'misconfigured', connectionStatus: 'error', ...expected });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('is told by its place and never by a value', async () => {
    const { errorMessage } = await checkConnection(specOf(), connectionOf(), { apiKey: 'x' }, { fetch });
    expect(errorMessage).toMatch(/^The secret does not fit the spec: .* \(at \/apiKey\)$/);
    expect(errorMessage).not.toContain('[redacted]');
  });

  it('is judged by how its secret cannot be read', async () => {
    const failing = (error: unknown) => {
      const read = async (): Promise<never> => {
        throw error;
      };
      return checkConnection(specOf(), connectionOf(), read, { fetch });
    };
    expect(await failing(Object.assign(new Error('gone'), { code: 'NOT_FOUND' }))).toMatchObject({
      status: 'unknown',
      errorCode: 'NOT_FOUND',
    });
    expect(await failing('odd')).toMatchObject({ status: 'unknown', errorMessage: 'odd' });
  });
});

describe('a check', () => {
  it('reads the secret of the connection within its time', async () => {
    const { fake, clock } = virtualClock();
    const read = vi.fn(async () => SECRETS);
    const fetch = answering(() => Response.json({}));
    expect(await checkConnection(specOf(), connectionOf(), read, { fetch, clock })).toMatchObject({
      status: 'connected',
    });
    expect(read).toHaveBeenCalledWith(connectionOf(), expect.any(AbortSignal));
    const stuck = checkConnection(specOf(), connectionOf(), never, { clock });
    expect(await fake.settle(stuck)).toMatchObject({ status: 'unreachable', errorCode: 'timeout' });
  });

  it('tells no secret, wherever the provider repeats it', async () => {
    const spec = specOf(
      {},
      { errors: { code: [{ pointer: '/c' }], message: [{ pointer: '/m' }], requestId: [{ pointer: '/r' }] } },
    );
    const echo = () => Response.json({ c: API_KEY, m: `bad ${API_KEY}`, r: API_KEY }, { status: 401 });
    const result = await check(echo, spec);
    assertNoCanary(result, API_KEY);
    expect(result.errorMessage).toContain('[redacted]');
    const probed = await check(never, spec, { probe: () => Promise.reject(new Error(`no ${API_KEY}`)) });
    assertNoCanary(probed, API_KEY);
  });

  it('never rejects, whatever it is given', async () => {
    const broken: unknown = {
      meta: { key: 'x' },
      get transports() {
        throw new Error('hostile');
      },
    };
    const isSpec = (_value: unknown): _value is IntegrationSpec => true;
    if (!isSpec(broken)) throw new TypeError('unreachable');
    expect(await checkConnection(broken, connectionOf(), SECRETS)).toMatchObject({ status: expect.any(String) });
  });
});

describe('other connections', () => {
  const sdk = specOf({ transports: [{ type: 'sdk', packageName: 'pg' }], healthCheck: { timeoutMs: 1000 } });

  it('are unknown where there is no way to ask', async () => {
    expect(await check(never, sdk)).toMatchObject({ status: 'unknown', probe: 'none', errorCode: 'NO_PROBE' });
    const stdio = specOf({ transports: [{ type: 'mcp', transport: 'stdio', command: 'server' }] });
    expect(await check(never, stdio)).toMatchObject({ status: 'unknown', probe: 'none' });
  });

  it('are looked at by a probe of the host', async () => {
    const stdio = specOf({ transports: [{ type: 'mcp', transport: 'stdio', command: 'server' }] });
    const mcpStdio = vi.fn(() => Promise.resolve());
    expect(await check(never, stdio, { probes: { mcpStdio } })).toMatchObject({ status: 'connected', probe: 'custom' });
    expect(mcpStdio).toHaveBeenCalledWith(
      expect.objectContaining({ secrets: SECRETS, signal: expect.any(AbortSignal) }),
    );
    const own = await check(never, specOf(), {
      probe: () => Promise.resolve({ status: 'degraded', errorCode: 'HALF' }),
    });
    expect(own).toMatchObject({ status: 'degraded', probe: 'custom', errorCode: 'HALF' });
  });

  it('with a database are pinged, and closed however it goes', async () => {
    const close = vi.fn(() => Promise.resolve());
    const ping = vi.fn(() => Promise.resolve({}));
    const probes = { sdk: databaseProbe(() => Promise.resolve({ ping, close })) };
    expect(await check(never, sdk, { probes })).toMatchObject({ status: 'connected', probe: 'custom' });
    ping.mockRejectedValueOnce(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }));
    expect(await check(never, sdk, { probes })).toMatchObject({ status: 'unreachable', errorCode: 'ECONNREFUSED' });
    expect(close).toHaveBeenCalledTimes(2);
  });

  it('with webhooks alone need their secret, and deliveries to be known', async () => {
    const { clock } = virtualClock();
    const spec = specOf({
      transports: [{ type: 'webhook' }],
      webhooks: [
        {
          verification: {
            scheme: 'signature',
            algorithm: 'hmac-sha256',
            signature: { header: 'x-signature', encoding: 'hex' },
            signed: '{body}',
            key: { secretField: 'webhookSecret' },
          },
        },
      ],
    });
    const ask = (secrets: Record<string, string>, options: CheckConnectionOptions = {}) =>
      checkConnection(spec, connectionOf(), secrets, { clock, ...options });
    const good = { webhookSecret: 'whsec' };
    expect(await ask({})).toMatchObject({
      status: 'misconfigured',
      probe: 'webhook',
      errorMessage: expect.stringContaining('"webhookSecret"'),
    });
    expect(await ask(good)).toMatchObject({ status: 'unknown', errorCode: 'NO_DELIVERY' });
    const lastDeliveryAt = '2025-12-31T23:00:00Z';
    expect(await ask(good, { deliveries: { lastDeliveryAt } })).toMatchObject({ status: 'connected' });
    expect(await ask(good, { deliveries: { lastDeliveryAt, maxSilenceMs: 60_000 } })).toMatchObject({
      status: 'degraded',
    });
    expect(await ask(good, { deliveries: { lastDeliveryAt: 'yesterday' } })).toMatchObject({ status: 'unknown' });
  });
});
