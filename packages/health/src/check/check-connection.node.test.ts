import { alwaysFault, type Fault } from '@mortise/testing';
import { type ProviderServer, startProviderServer } from '@mortise/testing/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, connectionOf, SECRETS, specOf } from '../__fixtures__/example.ts';
import type { HealthStatus } from '../health-status.ts';
import { sweepConnections } from '../sweep/sweep-connections.ts';
import { checkConnection } from './check-connection.ts';

let server: ProviderServer;

beforeAll(async () => {
  server = await startProviderServer({
    routes: {
      'GET /me': ({ headers }) =>
        headers['authorization'] === `Bearer ${API_KEY}` ? Response.json({}) : Response.json({}, { status: 401 }),
      'POST /mcp': () =>
        new Response('data: {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18"}}\n\n', {
          headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 'abc' },
        }),
      'DELETE /mcp': () => new Response(null, { status: 204 }),
    },
  });
});

afterAll(() => server.close());

const spec = () => specOf({ healthCheck: { timeoutMs: 300, request: { path: '/me' } } }, { baseUrl: server.url });

describe('over a real connection', () => {
  it('a good key is connected, a bad one has to authorise, a dead server is unreachable', async () => {
    const options = { timeoutMs: 20_000 };
    expect(await checkConnection(spec(), connectionOf(), SECRETS, options)).toMatchObject({ status: 'connected' });
    const bad = await checkConnection(spec(), connectionOf(), { apiKey: 'another-key-4711' }, options);
    expect(bad).toMatchObject({ status: 'auth_required', httpStatus: 401 });
    const gone = await startProviderServer();
    await gone.close();
    const dead = specOf({}, { baseUrl: gone.url });
    expect(await checkConnection(dead, connectionOf(), SECRETS, options)).toMatchObject({ status: 'unreachable' });
  });

  it.each<[Fault, HealthStatus]>([
    [{ kind: 'hang' }, 'unreachable'],
    [{ kind: 'reset' }, 'unreachable'],
    [{ kind: 'status', status: 503 }, 'unreachable'],
    [{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 'rate_limited'],
    [{ kind: 'status', status: 403 }, 'auth_required'],
  ])('a server that suffers %j is told apart', async (fault, status) => {
    // Every request suffers: some platforms repeat a reading that was reset.
    server.setFaults(alwaysFault(fault));
    const timeoutMs = fault.kind === 'hang' ? 200 : 20_000;
    expect(await checkConnection(spec(), connectionOf(), SECRETS, { timeoutMs })).toMatchObject({ status });
    server.setFaults();
  });

  it('an MCP server shakes hands and has its session ended', async () => {
    server.clearRequests();
    const mcp = specOf({ transports: [{ type: 'mcp', transport: 'http', url: `${server.url}/mcp` }], healthCheck: {} });
    expect(await checkConnection(mcp, connectionOf(), SECRETS)).toMatchObject({ status: 'connected', probe: 'mcp' });
    expect(server.requests.map(({ method, headers }) => [method, headers['mcp-session-id']])).toEqual([
      ['POST', undefined],
      ['DELETE', 'abc'],
    ]);
  });

  it('a sweep finds the bad among the good', async () => {
    const known = spec();
    const targets = Array.from({ length: 200 }, (_, index) => ({
      spec: known,
      connection: connectionOf(`c${index}`),
      secrets: index % 10 === 0 ? { apiKey: 'another-key-4711' } : SECRETS,
    }));
    let progress: object = {};
    for await (const result of sweepConnections(targets, { timeoutMs: 20_000 })) ({ progress } = result);
    expect(progress).toEqual({ done: 200, started: 200, byStatus: { connected: 180, auth_required: 20 } });
  });
});
